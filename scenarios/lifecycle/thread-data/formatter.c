#include "formatter.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { BUFFER_SIZE = 3823, WORKERS = 2 };

static pthread_key_t buffer_key;

void buffer_key_create(void (*destructor)(void *))
{
    if (pthread_key_create(&buffer_key, destructor) != 0)
        abort();
}

void buffer_free(void *buffer)
{
    free(buffer);
    yard_died(1);
}

YARD_SITE static char *own_buffer(void)
{
    char *buffer = pthread_getspecific(buffer_key);
    if (buffer != NULL)
        return buffer;
    buffer = malloc(BUFFER_SIZE); /* ALLOC */
    if (buffer == NULL || pthread_setspecific(buffer_key, buffer) != 0)
        abort();
    yard_born(1);
    return memset(buffer, '\0', BUFFER_SIZE);
}

static const char *format(long number)
{
    char *buffer = own_buffer();
    snprintf(buffer, BUFFER_SIZE, "%ld items", number);
    return buffer;
}

YARD_SITE static void *count_stock(void *data)
{
    long *length = data;
    *length = (long)strlen(format(12)) + (long)strlen(format(3456));
    return NULL;
}

void yard_start(void)
{
    formatter_init();
}

/* The stock is counted by two threads that end when they are done. */
long yard_round(void)
{
    pthread_t workers[WORKERS];
    long lengths[WORKERS], sum = 0;
    for (int i = 0; i < WORKERS; i++)
        if (pthread_create(&workers[i], NULL, count_stock, &lengths[i]) != 0)
            abort();
    for (int i = 0; i < WORKERS; i++) {
        pthread_join(workers[i], NULL);
        sum += lengths[i];
    }
    return sum;
}
