/* An index of the last records; each is built with scratch memory of changing size. */
#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { KEPT = 64, RECORD_SIZE = 1511, SCRATCH_STEP = 512 };

static char *kept[KEPT];

YARD_SITE static char *record_new(int letter)
{
    char *record = malloc(RECORD_SIZE); /* ALLOC */
    if (record == NULL)
        abort();
    yard_born(1);
    return memset(record, letter, RECORD_SIZE);
}

static void record_free(char *record)
{
    if (record == NULL)
        return;
    free(record);
    yard_died(1);
}

/* Scratch memory of up to 8 kB, freed when the record lies behind it. */
static long record_add(long number)
{
    size_t size = SCRATCH_STEP * (size_t)(1 + number * 7 % 16);
    char *scratch = malloc(size);
    if (scratch == NULL)
        abort();
    memset(scratch, 's', size);
    char **slot = &kept[number * 29 % KEPT];
    record_free(*slot);
    *slot = record_new('a' + (int)(number % 20));
    long sum = scratch[size - 1] + (*slot)[RECORD_SIZE - 1];
    free(scratch);
    return sum;
}

long yard_round(void)
{
    static long number;
    long sum = 0;
    for (int i = 0; i < 12; i++)
        sum += record_add(number++);
    return sum;
}
