/*
 * A channel, as Go has them: senders hand items to receivers, in order, and wait for
 * each other as far as its capacity demands.
 *
 *     struct channel answers;
 *     struct answer buffer[2], answer;
 *     channel_init(&answers, sizeof answer, buffer, 2);
 *     channel_send(&answers, &answer);             in one thread; copies
 *     while (channel_receive(&answers, &answer))   in another; copies
 *         …
 *
 * With capacity 0 it is unbuffered: a send ends when a receiver has taken the item.
 * Whoever waits, waits without limit, and nobody sees that the other side has left: a
 * sender without a receiver is blocked for ever, and a receiver without a sender too.
 * Only closing ends all waits. Unlike in Go a send on a closed channel is no crash,
 * but false.
 *
 * It allocates nothing. The buffer is the caller's, has room for CAPACITY items and
 * lives as long as the channel; so do items that are sent unbuffered, until the send
 * ends. There are no errors to report: false means closed, nothing else.
 */
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct channel {
    pthread_mutex_t lock;
    pthread_cond_t readable, writable;
    size_t item_size, capacity;
    char *buffer;                 /* a ring */
    const void *offer;            /* unbuffered: the item of the sender whose turn it is */
    unsigned long sent, received; /* how many ever were */
    bool closed;
};

/* With capacity 0, BUFFER may be NULL. */
void channel_init(struct channel *channel, size_t item_size, void *buffer, size_t capacity);

/* Nobody may be in one of the other functions, or come back to them. */
void channel_destroy(struct channel *channel);

/* Waits for room, or with capacity 0 until the item is taken. Returns false if the
 * channel is closed, or was before anybody took the item. */
bool channel_send(struct channel *channel, const void *item);

/* Waits for an item. Returns false if there is none and the channel is closed. */
bool channel_receive(struct channel *channel, void *item);

/* Waits for an item as well, and leaves it there. */
bool channel_wait(struct channel *channel);

/* How many items are buffered: always 0 if there is no buffer. */
size_t channel_length(struct channel *channel);

/* Ends all waits, of both sides. What is buffered may still be received. */
void channel_close(struct channel *channel);
