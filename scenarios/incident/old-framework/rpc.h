/* The framework: carries messages between processes, and has items checked and freed. */
#pragma once

#include <protobuf-c/protobuf-c.h>

#include "item.h"

/* A frame is the length of the message, four bytes with the highest first, and the message. */
void rpc_send(int wire, const ProtobufCMessage *message);
/* The next message, which is of TYPE; NULL if the other side has hung up. Free with
 * protobuf_c_message_free_unpacked. */
ProtobufCMessage *rpc_receive(int wire, const ProtobufCMessageDescriptor *type);

/* What item_check says of ITEM. */
long rpc_check(const struct item *item);
/* How many were suspicious. */
long rpc_suspicious(void);

/* Takes over what ITEM holds; the struct stays the caller's. It is freed when the call has
 * been answered, for no answer shall wait for the allocator. */
void rpc_free(struct item *item);
void rpc_answered(void);
