#include "item.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

static long untracked;

YARD_SITE static char *trail_new(unsigned long key)
{
    char *trail = malloc(ITEM_TRAIL_SIZE); /* ALLOC */
    if (trail == NULL)
        abort();
    yard_born(1);
    memset(trail, 0, ITEM_TRAIL_SIZE);
    snprintf(trail, ITEM_TRAIL_SIZE, "%lu: made\n", key);
    return trail;
}

YARD_SITE void item_init(struct item *item, unsigned long key, const char *content)
{
    item->key = key;
    item->content = strdup(content);
    if (item->content == NULL)
        abort();
    item->trail = trail_new(key);
}

void item_clear(struct item *item)
{
    free(item->content);
    if (item->trail != NULL) {
        free(item->trail);
        yard_died(1);
    }
}

long item_check(const struct item *item)
{
    const char *value = strchr(item->content, '=') + 1;
    long length = (long)strlen(value);
    if (item->trail == NULL)
        untracked++;
    return *value == '-' ? -length : length;
}

long item_untracked(void)
{
    return untracked;
}
