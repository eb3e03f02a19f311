#include "item.h"

#include <stdlib.h>
#include <string.h>

void item_init(struct item *item, unsigned long key, const char *content)
{
    item->key = key;
    item->content = strdup(content);
    if (item->content == NULL)
        abort();
}

void item_clear(struct item *item)
{
    free(item->content);
}

long item_check(const struct item *item)
{
    const char *value = strchr(item->content, '=') + 1;
    long length = (long)strlen(value);
    return *value == '-' ? -length : length;
}
