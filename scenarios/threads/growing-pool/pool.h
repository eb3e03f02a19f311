/* A pool of worker threads that grows when no worker is idle. */
#pragma once

#include <pthread.h>

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int idle, waiting_jobs;
    long done;
};

/* A worker has done a job; the pool's lock is held. */
void worker_finish(struct pool *pool);
