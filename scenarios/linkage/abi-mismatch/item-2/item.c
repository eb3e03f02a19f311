#include "item.h"

#include <stdio.h>
#include <string.h>

/* What happened to an item since it was made, for those who ask later. */
YARD_SITE static char *history_new(long key)
{
    char *history = malloc(ITEM_HISTORY_SIZE); /* ALLOC */
    if (history == NULL)
        abort();
    memset(history, 0, ITEM_HISTORY_SIZE);
    snprintf(history, ITEM_HISTORY_SIZE, "%ld: queued\n", key);
    yard_born(1);
    return history;
}

struct item *item_new(long key, const char *data)
{
    struct item *item = malloc(sizeof *item);
    if (item == NULL)
        abort();
    item->key = key;
    item->data = strdup(data);
    item->history = history_new(key);
    return item;
}
