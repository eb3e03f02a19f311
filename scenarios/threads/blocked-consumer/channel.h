/*
 * An unbuffered channel of numbers between one writer and one reader: a write ends
 * when the value was taken, or the channel closed.
 */
#pragma once

#include <pthread.h>
#include <stdbool.h>

struct channel {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    long value;
    bool offered; /* a value waits to be taken */
    bool closed;
};

void channel_init(struct channel *channel);
void channel_destroy(struct channel *channel);

/* Returns false if the channel was closed before anybody took VALUE. */
bool channel_write(struct channel *channel, long value);

/* Waits for an offer without taking it; false if the channel was closed. */
bool channel_wait(struct channel *channel);

/* Takes the next value; false if the channel was closed. */
bool channel_read(struct channel *channel, long *value);

/* Either side may close; both sides' waits end. */
void channel_close(struct channel *channel);
