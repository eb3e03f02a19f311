/* A thread that watches a connection, and is left to itself. */
#pragma once

#include <stdbool.h>

struct watch {
    bool wanted;
    long changes;
    int ends[2]; /* of the connection: ours, and the thread's */
    int kernel_thread;
};

/* Until the thread has left, and what it used is given back. */
void watch_await(struct watch *watch);

void watch_end(struct watch *watch);
