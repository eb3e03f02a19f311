/* Labels with a header that their users don't see, as string libraries have them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { LABELS = 24, HEADER = 16, LABEL_SIZE = 4003 };

/* What users hold: the text, HEADER bytes into the block. */
typedef char *label_t;

static label_t labels[LABELS];

YARD_SITE static label_t label_new(long number)
{
    char *block = malloc(LABEL_SIZE); /* ALLOC */
    if (block == NULL)
        abort();
    yard_born(1);
    memset(block, 0, LABEL_SIZE);
    memcpy(block, &number, sizeof number);
    snprintf(block + HEADER, LABEL_SIZE - HEADER, "label %ld", number);
    return block + HEADER;
}

static void label_free(label_t label)
{
    if (label == NULL)
        return;
    free(label - HEADER);
    yard_died(1);
}

/* Six of the labels change. */
long yard_round(void)
{
    static long number;
    long sum = 0;
    for (int i = 0; i < 6; i++, number++) {
        label_t *label = &labels[number % LABELS];
        label_free(*label);
        *label = label_new(number % LABELS);
        sum += (long)strlen(*label);
    }
    return sum;
}
