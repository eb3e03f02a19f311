#include "packet.h"

#include <stdlib.h>
#include <string.h>

#include "yard.h"

enum { OPTIONS_SIZE = 5303 };

YARD_SITE static char *options_new(long number)
{
    char *options = malloc(OPTIONS_SIZE); /* ALLOC */
    if (options == NULL)
        abort();
    yard_born(1);
    return memset(options, (int)number, OPTIONS_SIZE);
}

YARD_SITE struct packet *packet_new(long number)
{
    struct packet *packet = malloc(sizeof *packet);
    if (packet == NULL)
        abort();
    packet->number = number;
    packet->options = options_new(number);
    return packet;
}

/* Callers that know a shorter packet made theirs themselves, so it has no options. */
void packet_free_sized(struct packet *packet, size_t size)
{
    if (size > offsetof(struct packet, options)) {
        free(packet->options);
        yard_died(1);
    }
    free(packet);
}
