#include "framework.h"
#include "yard.h"

enum { QUEUE_LENGTH = 16 };

static struct item *queue[QUEUE_LENGTH];
static int queued;

bool framework_queue(struct item *item)
{
    if (queued == QUEUE_LENGTH)
        return false;
    queue[queued++] = item;
    return true;
}

YARD_SITE long framework_tick(long (*check)(const struct item *item))
{
    long sum = 0;
    while (queued > 0) {
        struct item *item = queue[--queued];
        queue[queued] = NULL;
        sum += check(item);
        item_free(item); /* LEAK: item 1's, which frees the fields that item 1 had */
    }
    return sum;
}
