#include "device.h"

#include "yard.h"

YARD_SITE void await_ready(struct device *device)
{
    pthread_mutex_lock(&device->lock);
    while (!device->ready) /* FIX: wait for the state, not for the signal */
        device_wait(device);
    pthread_mutex_unlock(&device->lock);
}
