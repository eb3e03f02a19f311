#include "ring.h"

#include <sys/mman.h>

#include "yard.h"

YARD_SITE long talk(long messages)
{
    struct ring *ring = ring_open();
    for (long i = 0; i < messages; i++)
        ring_put(ring, i);
    long sum = ring_drain(ring);
    return sum; /* LEAK: without a name, and still mapped */
}
