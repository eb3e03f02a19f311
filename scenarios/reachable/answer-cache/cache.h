/* Answers to questions, so that none is worked out twice. */
#pragma once

enum { CACHE_BUCKETS = 64, CACHE_MOST = 12 };

struct answer {
    struct answer *next;  /* in the bucket */
    struct answer *newer; /* in order of age */
    long question;
    char text[3240];
};

struct cache {
    struct answer *bucket[CACHE_BUCKETS];
    struct answer *oldest, *newest;
    int count;
};

void cache_evict_oldest(struct cache *cache);
const struct answer *cache_ask(struct cache *cache, long question);

/* Before one more answer goes in. */
void cache_make_room(struct cache *cache);
