#include "packet.h"

#include "yard.h"

YARD_SITE void packet_acknowledge(struct packet *packet)
{
    static const struct itimerspec never;
    timer_settime(packet->again, 0, &never, NULL);
    /* LEAK: it won't fire, and the kernel keeps it */
}
