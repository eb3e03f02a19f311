#include "region.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "yard.h"

enum { REGION_SIZE = 135168 };

struct region {
    size_t used;
};

YARD_SITE struct region *region_new(void)
{
    struct region *region = mmap(NULL, REGION_SIZE, PROT_READ | PROT_WRITE, /* ALLOC */
                                 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (region == MAP_FAILED)
        abort();
    yard_born(1);
    region->used = sizeof *region;
    return region;
}

void *region_take(struct region *region, size_t size)
{
    if (size > REGION_SIZE - region->used)
        abort();
    region->used += size;
    return (char *)region + region->used - size;
}

void region_empty(struct region *region)
{
    region->used = sizeof *region;
}

void region_free(struct region *region)
{
    munmap(region, REGION_SIZE);
    yard_died(1);
}

long yard_round(void)
{
    return session(5);
}
