/* Events are lent by a pool, which takes memory in slabs. */
#pragma once

enum { SLAB_EVENTS = 16 };

struct event {
    struct event *next_free;
    long number;
    char text[1008];
};

struct slab;
struct pool {
    struct event *free;
    struct slab *slabs;
};

struct event *pool_lend(struct pool *pool);
void pool_return(struct pool *pool, struct event *event);
/* Negative if it is refused. */
long event_weight(const struct event *event);

long handle_event(struct pool *pool, long number);
