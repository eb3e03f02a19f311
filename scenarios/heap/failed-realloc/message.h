/* Messages say their length first, and need not tell the truth. */
#pragma once

#include <stddef.h>

struct message {
    char *bytes;
};

void message_begin(struct message *message);
void message_clear(struct message *message);

/* Returns 0, or -1 if there is not so much memory. */
long message_grow(struct message *message, size_t size);
