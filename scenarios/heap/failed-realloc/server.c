#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "yard.h"

enum { FIRST_SIZE = 4999 };

YARD_SITE void message_begin(struct message *message)
{
    message->bytes = malloc(FIRST_SIZE); /* ALLOC */
    if (message->bytes == NULL)
        abort();
    yard_born(1);
    memset(message->bytes, 'm', FIRST_SIZE);
}

void message_clear(struct message *message)
{
    if (message->bytes == NULL)
        return;
    free(message->bytes);
    yard_died(1);
    message->bytes = NULL;
}

/* The second message claims to be 64 TiB long: no machine has the address space. */
long yard_round(void)
{
    static const char *const lengths[] = {"9000", "70368744177664"};
    long refused = 0;
    for (int i = 0; i < 2; i++) {
        struct message message;
        message_begin(&message);
        if (message_grow(&message, strtoull(lengths[i], NULL, 10)) < 0)
            refused++;
        message_clear(&message);
    }
    return refused;
}
