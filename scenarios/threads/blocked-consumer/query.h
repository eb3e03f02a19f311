/* A query is a thread that streams the rows of a table. */
#pragma once

#include <pthread.h>

#include "channel.h"

struct query {
    struct channel rows; /* unbuffered; a row is a long */
    pthread_t thread;
};

struct query *query_start(void);

/* Waits for the thread, which ends when its rows or its channel do. */
void query_finish(struct query *query);
