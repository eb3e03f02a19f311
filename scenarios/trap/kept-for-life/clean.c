/* Squares, worked out once. */
#include <stdlib.h>

#include "yard.h"

enum { TABLE_SIZE = 20011 };

static unsigned char *table;

YARD_SITE static unsigned char *table_new(void)
{
    unsigned char *made = malloc(TABLE_SIZE); /* ALLOC */
    if (made == NULL)
        abort();
    yard_born(1);
    for (long i = 0; i < TABLE_SIZE; i++)
        made[i] = (unsigned char)(i * i % 251);
    return made;
}

void yard_start(void)
{
    table = table_new();
}

long yard_round(void)
{
    static long at;
    long sum = 0;
    for (int i = 0; i < 100; i++)
        sum += table[at++ % TABLE_SIZE];
    return sum;
}
