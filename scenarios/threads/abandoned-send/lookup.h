/* A lookup asks two replicas of a directory at once: a slow one holds nobody up. */
#pragma once

#include <pthread.h>

#include "channel.h"

enum { REPLICAS = 2 };

struct replica {
    struct lookup *lookup;
    pthread_t thread;
};

struct answer {
    struct replica *replica;
    long telephone;
};

struct lookup {
    const char *name;
    struct channel answers;
    struct answer buffer[REPLICAS]; /* for the channel, if it wants one */
    struct replica replicas[REPLICAS];
};

/* Starts the thread that asks this replica, and sends its answer. */
void replica_ask(struct lookup *lookup, struct replica *replica);

/* The answer of the replica that is first. */
struct answer lookup_first(struct lookup *lookup);
