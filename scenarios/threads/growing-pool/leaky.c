#include "pool.h"

#include "yard.h"

YARD_SITE void worker_finish(struct pool *pool)
{
    pool->done++;
    /* LEAK: it waits for the next job, and nobody knows that it is idle */
    pthread_cond_broadcast(&pool->changed);
}
