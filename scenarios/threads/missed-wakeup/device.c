#include "device.h"

#include <stdlib.h>

#include "yard.h"

enum { STACK_SIZE = 64 * 1024 };

void device_wait(struct device *device)
{
    device->listener = LISTENER_WAITS;
    pthread_cond_signal(&device->reported);
    pthread_cond_wait(&device->changed, &device->lock);
}

static void *listen(void *data)
{
    struct device *device = data;
    await_ready(device);
    pthread_mutex_lock(&device->lock);
    device->listener = LISTENER_ENDS;
    pthread_cond_signal(&device->reported);
    pthread_mutex_unlock(&device->lock);
    return NULL;
}

static struct device *device_new(void)
{
    struct device *device = calloc(1, sizeof *device);
    if (device == NULL)
        abort();
    pthread_mutex_init(&device->lock, NULL);
    pthread_cond_init(&device->changed, NULL);
    pthread_cond_init(&device->reported, NULL);
    return device;
}

static void device_becomes_ready(struct device *device)
{
    pthread_mutex_lock(&device->lock);
    device->ready = true;
    pthread_cond_broadcast(&device->changed);
    pthread_mutex_unlock(&device->lock);
}

YARD_SITE static void device_watch(struct device *device)
{
    pthread_attr_t modest;
    if (pthread_attr_init(&modest) != 0)
        abort();
    pthread_attr_setstacksize(&modest, STACK_SIZE);
    if (pthread_create(&device->thread, &modest, listen, device) != 0) /* ALLOC */
        abort();
    pthread_attr_destroy(&modest);
    yard_born(1);
}

/* Forgets the device, unless its listener still waits for it. */
static bool device_forget(struct device *device)
{
    pthread_mutex_lock(&device->lock);
    while (device->listener == LISTENER_STARTS)
        pthread_cond_wait(&device->reported, &device->lock);
    bool ready = device->ready, waits = device->listener == LISTENER_WAITS;
    pthread_mutex_unlock(&device->lock);
    if (waits)
        return ready;
    pthread_join(device->thread, NULL);
    yard_died(1);
    free(device);
    return ready;
}

/* A quick device: it is ready before anybody watches. */
long yard_round(void)
{
    struct device *device = device_new();
    device_becomes_ready(device);
    device_watch(device);
    return device_forget(device);
}
