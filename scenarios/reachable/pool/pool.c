#include "pool.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

struct slab {
    struct slab *next;
    struct event events[SLAB_EVENTS];
    long lent;
};

YARD_SITE static void pool_grow(struct pool *pool)
{
    struct slab *slab = malloc(sizeof *slab); /* ALLOC */
    if (slab == NULL)
        abort();
    yard_born(1);
    memset(slab, 0, sizeof *slab);
    slab->next = pool->slabs;
    pool->slabs = slab;
    for (int i = 0; i < SLAB_EVENTS; i++)
        pool_return(pool, &slab->events[i]);
}

YARD_SITE struct event *pool_lend(struct pool *pool)
{
    if (pool->free == NULL)
        pool_grow(pool);
    struct event *event = pool->free;
    pool->free = event->next_free;
    return event;
}

void pool_return(struct pool *pool, struct event *event)
{
    event->next_free = pool->free;
    pool->free = event;
}
