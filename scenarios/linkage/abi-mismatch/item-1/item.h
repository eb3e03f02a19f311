/* item 1.9: a piece of data that waits to be checked. */
#pragma once

#include <stdlib.h>

struct item {
    long key;
    char *data;
};

/* Copies DATA. Free with item_free. */
struct item *item_new(long key, const char *data);

static inline void item_free(struct item *item)
{
    free(item->data);
    free(item);
}
