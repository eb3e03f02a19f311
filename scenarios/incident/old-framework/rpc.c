#include "rpc.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "yard.h"

enum { FRAME_SIZE = 512 };

/* ---- Frames ---- */

void rpc_send(int wire, const ProtobufCMessage *message)
{
    uint8_t frame[FRAME_SIZE];
    uint32_t size = (uint32_t)protobuf_c_message_get_packed_size(message);
    if (size > sizeof frame - sizeof size)
        abort();
    memcpy(frame, &(uint32_t){htonl(size)}, sizeof size);
    protobuf_c_message_pack(message, frame + sizeof size);
    if (send(wire, frame, sizeof size + size, MSG_NOSIGNAL) != (ssize_t)(sizeof size + size))
        _exit(EXIT_FAILURE); /* the other process is gone, and so is the work */
}

static bool receive_all(int wire, void *bytes, size_t size)
{
    return recv(wire, bytes, size, MSG_WAITALL) == (ssize_t)size;
}

ProtobufCMessage *rpc_receive(int wire, const ProtobufCMessageDescriptor *type)
{
    uint32_t size;
    uint8_t bytes[FRAME_SIZE];
    if (!receive_all(wire, &size, sizeof size))
        return NULL;
    size = ntohl(size);
    if (size > sizeof bytes || !receive_all(wire, bytes, size))
        return NULL;
    return protobuf_c_message_unpack(type, NULL, size, bytes);
}

/* ---- Items ---- */

static long suspicious;

YARD_SITE long rpc_check(const struct item *item)
{
    struct item seen = *item; /* as it is now, whatever the service does with its own */
    long said = item_check(&seen);
    if (said < 0)
        suspicious++;
    return said;
}

long rpc_suspicious(void)
{
    return suspicious;
}

/* What an item held, until the call has been answered. */
struct parting {
    struct item item;
    struct parting *next;
};

static struct parting *partings;

YARD_SITE void rpc_free(struct item *item)
{
    struct parting *parting = malloc(sizeof *parting);
    if (parting == NULL)
        abort();
    parting->item = *item; /* LEAK: as much of it as an item was when this was compiled */
    parting->next = partings;
    partings = parting;
}

void rpc_answered(void)
{
    while (partings != NULL) {
        struct parting *parting = partings;
        partings = parting->next;
        parting->next = NULL;
        item_clear(&parting->item);
        free(parting);
    }
}
