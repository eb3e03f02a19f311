#include "pool.h"
#include "yard.h"

YARD_SITE long handle_event(struct pool *pool, long number)
{
    struct event *event = pool_lend(pool);
    event->number = number;
    long weight = event_weight(event);
    pool_return(pool, event); /* FIX: what was lent goes back */
    return weight;
}
