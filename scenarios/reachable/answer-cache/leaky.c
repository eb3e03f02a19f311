#include "cache.h"
#include "yard.h"

YARD_SITE void cache_make_room(struct cache *cache)
{
    /* LEAK: there is always room, for any number of answers */
    (void)cache;
}
