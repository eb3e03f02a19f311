#include "message.h"

#include <stdlib.h>

#include "yard.h"

YARD_SITE long message_grow(struct message *message, size_t size)
{
    char *grown = realloc(message->bytes, size); /* FIX: the old block is ours until it worked */
    if (grown == NULL)
        return -1;
    message->bytes = grown;
    return 0;
}
