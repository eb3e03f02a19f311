/* Imports addresses in batches. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { BATCH = 120, RECORD_SIZE = 3001 };

YARD_SITE static char *record_new(int number)
{
    char *record = malloc(RECORD_SIZE); /* ALLOC */
    if (record == NULL)
        abort();
    yard_born(1);
    memset(record, ' ', RECORD_SIZE);
    snprintf(record, RECORD_SIZE, "record %d", number);
    return record;
}

/* All of a batch is in memory at once, since it is sorted before it is written. */
long yard_round(void)
{
    char *batch[BATCH];
    long sum = 0;
    for (int i = 0; i < BATCH; i++)
        batch[i] = record_new(i);
    for (int i = 0; i < BATCH; i++) {
        sum += (long)strlen(batch[i]);
        free(batch[i]);
        yard_died(1);
    }
    return sum;
}
