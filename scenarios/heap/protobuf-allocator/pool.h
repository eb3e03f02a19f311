/* A pool for messages that live as long as a request: it is emptied as a whole. */
#pragma once

#include <protobuf-c/protobuf-c.h>

extern ProtobufCAllocator pool;
