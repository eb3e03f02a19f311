#include "message.h"

#include <stdlib.h>

#include "yard.h"

YARD_SITE long message_grow(struct message *message, size_t size)
{
    message->bytes =
        realloc(message->bytes, size); /* LEAK: if it fails, NULL hides the old block */
    return message->bytes == NULL ? -1 : 0;
}
