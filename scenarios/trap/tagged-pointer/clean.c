/* A board whose fields are red or black; the colour is in the pointer. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { FIELDS = 16, FIELD_SIZE = 2803, RED = 1 };

static uintptr_t board[FIELDS];

YARD_SITE static char *field_new(int letter)
{
    char *field = malloc(FIELD_SIZE); /* ALLOC */
    if (field == NULL)
        abort();
    yard_born(1);
    return memset(field, letter, FIELD_SIZE);
}

static char *field_of(uintptr_t tagged)
{
    return (char *)(tagged & ~(uintptr_t)RED);
}

static void field_set(int place, int letter)
{
    if (board[place] != 0) {
        free(field_of(board[place]));
        yard_died(1);
    }
    board[place] = (uintptr_t)field_new(letter) | RED;
}

/* Four fields change; all are red in the end. */
long yard_round(void)
{
    static int moves;
    long sum = 0;
    for (int i = 0; i < 4; i++, moves++) {
        int place = moves % FIELDS;
        field_set(place, 'a' + place);
        sum += field_of(board[place])[7] + (long)(board[place] & RED);
    }
    return sum;
}
