#include "receiver.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct receiver {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool off, heard;
    long message;
};

struct receiver *receiver_open(void)
{
    struct receiver *receiver = calloc(1, sizeof *receiver);
    if (receiver == NULL)
        return NULL;
    pthread_mutex_init(&receiver->lock, NULL);
    pthread_cond_init(&receiver->changed, NULL);
    return receiver;
}

long receiver_listen(struct receiver *receiver)
{
    pthread_mutex_lock(&receiver->lock);
    while (!receiver->heard && !receiver->off)
        pthread_cond_wait(&receiver->changed, &receiver->lock);
    long message = receiver->heard ? receiver->message : -1;
    pthread_mutex_unlock(&receiver->lock);
    return message;
}

void receiver_hear(struct receiver *receiver, long message)
{
    pthread_mutex_lock(&receiver->lock);
    receiver->heard = true;
    receiver->message = message;
    pthread_cond_broadcast(&receiver->changed);
    pthread_mutex_unlock(&receiver->lock);
}

void receiver_switch_off(struct receiver *receiver)
{
    pthread_mutex_lock(&receiver->lock);
    receiver->off = true;
    pthread_cond_broadcast(&receiver->changed);
    pthread_mutex_unlock(&receiver->lock);
}

void receiver_close(struct receiver *receiver)
{
    pthread_cond_destroy(&receiver->changed);
    pthread_mutex_destroy(&receiver->lock);
    free(receiver);
}
