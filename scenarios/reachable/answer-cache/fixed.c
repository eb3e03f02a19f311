#include "cache.h"
#include "yard.h"

YARD_SITE void cache_make_room(struct cache *cache)
{
    while (cache->count >= CACHE_MOST)
        cache_evict_oldest(cache); /* FIX: a cache has a bound */
}
