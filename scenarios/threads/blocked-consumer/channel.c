#include "channel.h"

void channel_init(struct channel *channel)
{
    *channel = (struct channel){0};
    pthread_mutex_init(&channel->lock, NULL);
    pthread_cond_init(&channel->changed, NULL);
}

void channel_destroy(struct channel *channel)
{
    pthread_cond_destroy(&channel->changed);
    pthread_mutex_destroy(&channel->lock);
}

bool channel_write(struct channel *channel, long value)
{
    pthread_mutex_lock(&channel->lock);
    bool taken = false;
    if (!channel->closed) {
        channel->value = value;
        channel->offered = true;
        pthread_cond_broadcast(&channel->changed);
        while (channel->offered && !channel->closed)
            pthread_cond_wait(&channel->changed, &channel->lock);
        taken = !channel->offered;
    }
    pthread_mutex_unlock(&channel->lock);
    return taken;
}

/* The lock is held. */
static bool wait_for_offer(struct channel *channel)
{
    while (!channel->offered && !channel->closed)
        pthread_cond_wait(&channel->changed, &channel->lock);
    return channel->offered;
}

bool channel_wait(struct channel *channel)
{
    pthread_mutex_lock(&channel->lock);
    bool offered = wait_for_offer(channel);
    pthread_mutex_unlock(&channel->lock);
    return offered;
}

bool channel_read(struct channel *channel, long *value)
{
    pthread_mutex_lock(&channel->lock);
    bool offered = wait_for_offer(channel);
    if (offered) {
        *value = channel->value;
        channel->offered = false;
        pthread_cond_broadcast(&channel->changed);
    }
    pthread_mutex_unlock(&channel->lock);
    return offered;
}

void channel_close(struct channel *channel)
{
    pthread_mutex_lock(&channel->lock);
    channel->closed = true;
    pthread_cond_broadcast(&channel->changed);
    pthread_mutex_unlock(&channel->lock);
}
