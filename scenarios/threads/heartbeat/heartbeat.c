#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "session.h"
#include "yard.h"

enum { STACK_SIZE = 64 * 1024, HOUR = 3600 };

struct heartbeat {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool stopped;
    long pings;
    int user;
    pthread_t thread;
};

static void *beat(void *data)
{
    struct heartbeat *heartbeat = data;
    pthread_mutex_lock(&heartbeat->lock);
    while (!heartbeat->stopped) {
        struct timespec next;
        heartbeat->pings++;
        clock_gettime(CLOCK_REALTIME, &next);
        next.tv_sec += HOUR;
        pthread_cond_timedwait(&heartbeat->changed, &heartbeat->lock, &next);
    }
    pthread_mutex_unlock(&heartbeat->lock);
    return NULL;
}

YARD_SITE struct heartbeat *heartbeat_start(int user)
{
    struct heartbeat *heartbeat = calloc(1, sizeof *heartbeat);
    pthread_attr_t modest;
    if (heartbeat == NULL || pthread_attr_init(&modest) != 0)
        abort();
    heartbeat->user = user;
    pthread_mutex_init(&heartbeat->lock, NULL);
    pthread_cond_init(&heartbeat->changed, NULL);
    pthread_attr_setstacksize(&modest, STACK_SIZE);
    if (pthread_create(&heartbeat->thread, &modest, beat, heartbeat) != 0) /* ALLOC */
        abort();
    pthread_attr_destroy(&modest);
    yard_born(1);
    return heartbeat;
}

void heartbeat_stop(struct heartbeat *heartbeat)
{
    pthread_mutex_lock(&heartbeat->lock);
    heartbeat->stopped = true;
    pthread_cond_signal(&heartbeat->changed);
    pthread_mutex_unlock(&heartbeat->lock);
    pthread_join(heartbeat->thread, NULL);
    yard_died(1);
    free(heartbeat);
}
