#include "pool.h"

#include "yard.h"

YARD_SITE void worker_finish(struct pool *pool)
{
    pool->done++;
    pool->idle++; /* FIX: an idle worker is counted, and used again */
    pthread_cond_broadcast(&pool->changed);
}
