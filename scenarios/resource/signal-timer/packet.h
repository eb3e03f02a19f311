/* Packets that are sent again unless somebody acknowledges them in time. */
#pragma once

#include <time.h>

struct packet {
    long number;
    timer_t again; /* sends the signal to send it again */
};

/* Sends packet NUMBER, for the first time. */
void packet_send(struct packet *packet, long number);

/* Seconds until PACKET would be sent again, rounded up; 0: it won't be. */
long packet_waits(const struct packet *packet);

/* It has arrived: it is not to be sent again. */
void packet_acknowledge(struct packet *packet);
