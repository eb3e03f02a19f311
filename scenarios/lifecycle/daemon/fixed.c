#include "letter.h"

#include "yard.h"

YARD_SITE long deliver(const char *sender, const char *recipient)
{
    struct envelope *envelope = envelope_read(sender, recipient);
    long box = 0;
    for (const char *i = envelope->recipient; *i != '@' && *i != '\0'; i++)
        box = (box * 31 + *i) % 101;
    envelope_free(envelope); /* FIX: thrown away once the letter is in its box */
    return box;
}
