/* item 2.0: a piece of data that waits to be checked, with the record of its changes.
 * Old sources compile as they are. */
#pragma once

#include <stdlib.h>

#include "yard.h"

enum { ITEM_HISTORY_SIZE = 12007 };

struct item {
    long key;
    char *data;
    char *history; /* since 2.0; ITEM_HISTORY_SIZE bytes */
};

/* Copies DATA. Free with item_free. */
struct item *item_new(long key, const char *data);

static inline void item_free(struct item *item)
{
    free(item->history); /* FIX: whoever is built against this header knows the field */
    yard_died(1);
    free(item->data);
    free(item);
}
