/* Formats amounts into a buffer that its thread keeps for the next time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { BUFFER_SIZE = 5851 };

static _Thread_local char *buffer;

YARD_SITE static char *buffer_get(void)
{
    if (buffer == NULL) {
        buffer = malloc(BUFFER_SIZE); /* ALLOC */
        if (buffer == NULL)
            abort();
        yard_born(1);
    }
    return buffer;
}

static const char *format(long cents)
{
    snprintf(buffer_get(), BUFFER_SIZE, "%ld.%02ld", cents / 100, cents % 100);
    return buffer;
}

long yard_round(void)
{
    long sum = 0;
    for (long cents = 5; cents < 100000; cents *= 7)
        sum += (long)strlen(format(cents));
    return sum;
}
