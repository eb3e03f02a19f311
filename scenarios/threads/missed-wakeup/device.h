/* A device that becomes ready, and a thread that waits for that. */
#pragma once

#include <pthread.h>
#include <stdbool.h>

struct device {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool ready;
    enum { LISTENER_STARTS, LISTENER_WAITS, LISTENER_ENDS } listener; /* for the status page */
    pthread_cond_t reported;                                          /* LISTENER has changed */
    pthread_t thread;
};

/* Waits for a change of the device, whose lock is held. */
void device_wait(struct device *device);

void await_ready(struct device *device);
