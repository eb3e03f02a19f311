/* packet 1.4 */
#pragma once

#include <stddef.h>

struct packet {
    long number;
};

struct packet *packet_new(long number);

/* Gives PACKET up, which is of SIZE bytes as its caller knows it. */
void packet_free_sized(struct packet *packet, size_t size);

#define packet_free(packet) packet_free_sized((packet), sizeof *(packet))
