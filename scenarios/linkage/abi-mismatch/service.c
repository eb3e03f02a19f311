/* Checks what was written: queues each change, and compares when the timer fires. */
#include <string.h>

#include "framework.h"
#include "yard.h"

static const char *const changes[] = {"price=12", "title=The Yard", "stock=-4"};

/* A negative number is suspicious. */
static long check(const struct item *item)
{
    const char *content = strchr(item->data, '=') + 1;
    return *content == '-' ? item->key * 100 : item->key + (long)strlen(content);
}

long yard_round(void)
{
    long refused = 0;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct item *item = item_new((long)i + 1, changes[i]);
        if (!framework_queue(item)) {
            item_free(item);
            refused++;
        }
    }
    return framework_tick(check) - refused;
}
