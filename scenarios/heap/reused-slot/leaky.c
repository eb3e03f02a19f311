#include "slots.h"

#include <stddef.h>

#include "yard.h"

YARD_SITE void slot_fill(struct slot *slot, long number)
{
    if (slot->kind == SLOT_TEXT && slot->number == number) /* LEAK: only the same request's text */
        text_free(slot->content.text);
    slot->number = number;
    if (number % 4 == 3) {
        slot->kind = SLOT_NUMBER;
        slot->content.value = number;
    } else {
        slot->kind = SLOT_TEXT;
        slot->content.text = text_new(number);
    }
}
