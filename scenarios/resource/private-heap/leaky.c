#include "region.h"
#include "yard.h"

YARD_SITE long session(int user)
{
    struct region *region = region_new();
    long *seen = region_take(region, 100 * sizeof *seen);
    for (long i = 0; i < 100; i++)
        seen[i] = user + i;
    long sum = seen[0] + seen[99];
    region_empty(region); /* LEAK: empty, and still mapped */
    return sum;
}
