/* A plug-in that counts the steps from a number down to 1: half of it if it is even,
 * else three times as much and one. Each thread that calls has a table of its own,
 * and so needs no lock. */
#include <stdlib.h>

#include "yard.h"

enum { NUMBERS = 3607 };

static __thread unsigned short *table;

YARD_SITE static unsigned short *table_new(void)
{
    unsigned short *new = calloc(NUMBERS, sizeof *new); /* ALLOC */
    if (new == NULL)
        abort();
    yard_born(1);
    return new;
}

long plugin_steps(unsigned long number)
{
    if (table == NULL)
        table = table_new();
    if (number <= 1)
        return 0;
    if (number < NUMBERS && table[number] != 0)
        return table[number];
    long steps = 1 + plugin_steps(number % 2 == 0 ? number / 2 : 3 * number + 1);
    if (number < NUMBERS)
        table[number] = (unsigned short)steps;
    return steps;
}
