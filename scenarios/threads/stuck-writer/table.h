/* A routing table, read often and written by a thread of its own now and then. */
#pragma once

#include <pthread.h>
#include <semaphore.h>

enum { ROUTES = 8 };

struct table {
    pthread_rwlock_t lock;
    long route[ROUTES];
    sem_t reported; /* the writer waits for its turn, or has written */
    int waits;
};

/* The route to NETWORK, or -1. */
long route_lookup(struct table *table, int network);
