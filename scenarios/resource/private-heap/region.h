/* An allocator: regions of memory that go as a whole. */
#pragma once

#include <stddef.h>

struct region;

struct region *region_new(void);
void *region_take(struct region *region, size_t size);
/* What was taken is gone; the region can be used again. */
void region_empty(struct region *region);
void region_free(struct region *region);

long session(int user);
