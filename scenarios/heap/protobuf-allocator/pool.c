#include "pool.h"

#include <stddef.h>

static char space[65536];
static size_t used;

static void *pool_take(void *data, size_t size)
{
    (void)data;
    size = (size + 15) / 16 * 16;
    if (size > sizeof space - used)
        return NULL;
    used += size;
    return space + used - size;
}

/* What is in the pool goes with the pool. */
static void pool_give(void *data, void *block)
{
    (void)data;
    (void)block;
}

ProtobufCAllocator pool = {.alloc = pool_take, .free = pool_give};
