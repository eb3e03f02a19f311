#include "ring.h"

#include <sys/mman.h>

#include "yard.h"

YARD_SITE long talk(long messages)
{
    struct ring *ring = ring_open();
    for (long i = 0; i < messages; i++)
        ring_put(ring, i);
    long sum = ring_drain(ring);
    munmap(ring, sizeof *ring); /* FIX: unmapped when the talk is over */
    yard_died(1);
    return sum;
}
