/* Messages for error numbers, in a buffer that a key leads to. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { MESSAGE_SIZE = 4337 };

static pthread_key_t key;

static void message_free(void *message)
{
    free(message);
    yard_died(1);
}

void yard_start(void)
{
    if (pthread_key_create(&key, message_free) != 0)
        abort();
}

YARD_SITE static char *message_buffer(void)
{
    char *buffer = pthread_getspecific(key);
    if (buffer == NULL) {
        buffer = malloc(MESSAGE_SIZE); /* ALLOC */
        if (buffer == NULL || pthread_setspecific(key, buffer) != 0)
            abort();
        yard_born(1);
    }
    return buffer;
}

static const char *message_of(int error)
{
    char *buffer = message_buffer();
    snprintf(buffer, MESSAGE_SIZE, "error %d: %s", error, error == 2 ? "no such file" : "unknown");
    return buffer;
}

long yard_round(void)
{
    return (long)strlen(message_of(2)) + (long)strlen(message_of(4711));
}
