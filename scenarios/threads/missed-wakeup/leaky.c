#include "device.h"

#include "yard.h"

YARD_SITE void await_ready(struct device *device)
{
    pthread_mutex_lock(&device->lock);
    device_wait(device); /* LEAK: it may be ready by now, and nobody signals twice */
    pthread_mutex_unlock(&device->lock);
}
