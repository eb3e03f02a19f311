/* The framework: queues items and has them checked when their time has come. */
#pragma once

#include <stdbool.h>

#include "item.h"

/* Returns false if the queue is full; else takes ITEM over. */
bool framework_queue(struct item *item);

/* Has CHECK look at every queued item, releases them, and sums what it said. */
long framework_tick(long (*check)(const struct item *item));
