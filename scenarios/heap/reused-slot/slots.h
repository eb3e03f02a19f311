/* Results of the last requests: a number, or a text. */
#pragma once

enum { SLOTS = 4 };

struct slot {
    enum { SLOT_EMPTY, SLOT_NUMBER, SLOT_TEXT } kind;
    long number; /* of the request */
    union {
        long value;
        char *text;
    } content;
};

char *text_new(long number);
void text_free(char *text);

/* Puts the result of request NUMBER into SLOT. */
void slot_fill(struct slot *slot, long number);
