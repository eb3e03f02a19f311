#include "framework.h"

#include "yard.h"

YARD_SITE long framework_drain(struct packet **packets, int count)
{
    long sum = 0;
    for (int i = 0; i < count; i++) {
        sum += packets[i]->number;
        packet_free(packets[i]); /* LEAK: with the size that a packet had in version 1.4 */
    }
    return sum;
}
