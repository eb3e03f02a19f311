#include "slots.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { TEXT_SIZE = 3461 };

YARD_SITE char *text_new(long number)
{
    char *text = malloc(TEXT_SIZE); /* ALLOC */
    if (text == NULL)
        abort();
    yard_born(1);
    memset(text, '.', TEXT_SIZE);
    snprintf(text, TEXT_SIZE, "result of %ld", number);
    return text;
}

void text_free(char *text)
{
    free(text);
    yard_died(1);
}

/* Four requests, the last of which has a number for its result; each round's requests
 * end up one slot further on, so that texts meet numbers. */
long yard_round(void)
{
    static struct slot slots[SLOTS];
    static long number;
    long kinds = 0;
    for (int i = 0; i < SLOTS; i++, number++) {
        struct slot *slot = &slots[number % SLOTS];
        slot_fill(slot, number);
        kinds += slot->kind;
    }
    for (int i = 0; i < SLOTS; i++)
        kinds += slots[i].number >= 0;
    return kinds;
}
