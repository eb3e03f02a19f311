#include "pool.h"

#include <stdlib.h>

#include "yard.h"

enum { STACK_SIZE = 64 * 1024 };

static struct pool pool = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static void *work(void *data)
{
    (void)data;
    pthread_mutex_lock(&pool.lock);
    for (;;) {
        while (pool.waiting_jobs == 0)
            pthread_cond_wait(&pool.changed, &pool.lock);
        pool.waiting_jobs--;
        worker_finish(&pool);
    }
    return NULL;
}

YARD_SITE static void worker_start(void)
{
    pthread_t worker;
    pthread_attr_t modest;
    if (pthread_attr_init(&modest) != 0)
        abort();
    pthread_attr_setstacksize(&modest, STACK_SIZE);
    pthread_attr_setdetachstate(&modest, PTHREAD_CREATE_DETACHED);
    if (pthread_create(&worker, &modest, work, NULL) != 0) /* ALLOC */
        abort();
    pthread_attr_destroy(&modest);
    yard_born(1);
}

/* Hands one job in, and waits for it. */
long yard_round(void)
{
    pthread_mutex_lock(&pool.lock);
    long before = pool.done;
    if (pool.idle > 0)
        pool.idle--;
    else
        worker_start();
    pool.waiting_jobs++;
    pthread_cond_broadcast(&pool.changed);
    while (pool.done == before)
        pthread_cond_wait(&pool.changed, &pool.lock);
    long done = pool.done - before;
    pthread_mutex_unlock(&pool.lock);
    return done;
}
