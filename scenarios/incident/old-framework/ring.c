#include "ring.h"

#include <stdint.h>
#include <stdlib.h>

enum { POINTS_EACH = 16, POINTS_MOST = 64 };

/* A worker owns the keys from the point before one of its own up to that one. */
struct point {
    uint64_t place;
    unsigned worker;
};

static struct point points[POINTS_MOST];
static unsigned point_count;

/* Spreads neighbours over the whole circle: the last steps of MurmurHash3. */
static uint64_t place_of(uint64_t number)
{
    number ^= number >> 33;
    number *= 0xff51afd7ed558ccd;
    number ^= number >> 33;
    number *= 0xc4ceb9fe1a85ec53;
    return number ^ number >> 33;
}

static int by_place(const void *a, const void *b)
{
    const struct point *first = a, *second = b;
    return (first->place > second->place) - (first->place < second->place);
}

void ring_make(unsigned workers)
{
    point_count = workers * POINTS_EACH;
    if (point_count > POINTS_MOST)
        abort();
    for (unsigned i = 0; i < point_count; i++)
        points[i] = (struct point){place_of((uint64_t)(i + 1) << 32), i / POINTS_EACH};
    qsort(points, point_count, sizeof *points, by_place);
}

unsigned ring_owner(unsigned long key)
{
    uint64_t place = place_of(key + 1);
    for (unsigned i = 0; i < point_count; i++)
        if (points[i].place >= place)
            return points[i].worker;
    return points[0].worker;
}
