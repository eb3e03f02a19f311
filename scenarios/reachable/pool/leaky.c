#include "pool.h"
#include "yard.h"

YARD_SITE long handle_event(struct pool *pool, long number)
{
    struct event *event = pool_lend(pool);
    event->number = number;
    long weight = event_weight(event);
    if (weight < 0) /* LEAK: only what is refused goes back to the pool */
        pool_return(pool, event);
    return weight;
}
