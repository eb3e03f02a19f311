#include "packet.h"

#include "yard.h"

YARD_SITE void packet_acknowledge(struct packet *packet)
{
    timer_delete(packet->again); /* FIX: deleting disarms and gives it back */
    yard_died(1);
}
