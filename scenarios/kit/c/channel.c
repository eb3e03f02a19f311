/* The channel: one lock, and a condition variable for each side. */
#include "channel.h"

#include <string.h>

void channel_init(struct channel *channel, size_t item_size, void *buffer, size_t capacity)
{
    *channel = (struct channel){.item_size = item_size, .capacity = capacity, .buffer = buffer};
    pthread_mutex_init(&channel->lock, NULL);
    pthread_cond_init(&channel->readable, NULL);
    pthread_cond_init(&channel->writable, NULL);
}

void channel_destroy(struct channel *channel)
{
    pthread_cond_destroy(&channel->writable);
    pthread_cond_destroy(&channel->readable);
    pthread_mutex_destroy(&channel->lock);
}

static char *slot(const struct channel *channel, unsigned long number)
{
    return channel->buffer + number % channel->capacity * channel->item_size;
}

/* Here and in the other waits the lock is held. Returns false if the channel is closed. */
static bool wait_for_room(struct channel *channel)
{
    size_t room = channel->capacity > 0 ? channel->capacity : 1;
    while (!channel->closed && channel->sent - channel->received >= room)
        pthread_cond_wait(&channel->writable, &channel->lock);
    return !channel->closed;
}

/* Returns false if the channel was closed first. */
static bool wait_until_taken(struct channel *channel, unsigned long number)
{
    while (!channel->closed && channel->received <= number)
        pthread_cond_wait(&channel->writable, &channel->lock);
    return channel->received > number;
}

bool channel_send(struct channel *channel, const void *item)
{
    pthread_mutex_lock(&channel->lock);
    bool sent = wait_for_room(channel);
    if (sent) {
        unsigned long number = channel->sent++;
        if (channel->capacity == 0)
            channel->offer = item;
        else
            memcpy(slot(channel, number), item, channel->item_size);
        pthread_cond_broadcast(&channel->readable);
        if (channel->capacity == 0)
            sent = wait_until_taken(channel, number);
    }
    pthread_mutex_unlock(&channel->lock);
    return sent;
}

static bool wait_for_item(struct channel *channel)
{
    while (!channel->closed && channel->received == channel->sent)
        pthread_cond_wait(&channel->readable, &channel->lock);
    return channel->received != channel->sent;
}

bool channel_receive(struct channel *channel, void *item)
{
    pthread_mutex_lock(&channel->lock);
    bool there = wait_for_item(channel);
    if (there) {
        unsigned long number = channel->received++;
        memcpy(item, channel->capacity == 0 ? channel->offer : slot(channel, number),
               channel->item_size);
        pthread_cond_broadcast(&channel->writable);
    }
    pthread_mutex_unlock(&channel->lock);
    return there;
}

bool channel_wait(struct channel *channel)
{
    pthread_mutex_lock(&channel->lock);
    bool there = wait_for_item(channel);
    pthread_mutex_unlock(&channel->lock);
    return there;
}

size_t channel_length(struct channel *channel)
{
    pthread_mutex_lock(&channel->lock);
    size_t length = channel->capacity > 0 ? channel->sent - channel->received : 0;
    pthread_mutex_unlock(&channel->lock);
    return length;
}

void channel_close(struct channel *channel)
{
    pthread_mutex_lock(&channel->lock);
    channel->closed = true;
    if (channel->capacity == 0)
        channel->sent = channel->received; /* an offer is withdrawn */
    pthread_cond_broadcast(&channel->readable);
    pthread_cond_broadcast(&channel->writable);
    pthread_mutex_unlock(&channel->lock);
}
