#include "cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "yard.h"

void cache_evict_oldest(struct cache *cache)
{
    struct answer *oldest = cache->oldest;
    struct answer **link = &cache->bucket[oldest->question % CACHE_BUCKETS];
    while (*link != oldest)
        link = &(*link)->next;
    *link = oldest->next;
    cache->oldest = oldest->newer;
    if (cache->oldest == NULL)
        cache->newest = NULL;
    cache->count--;
    free(oldest);
    yard_died(1);
}

YARD_SITE static struct answer *answer_new(long question)
{
    struct answer *answer = malloc(sizeof *answer); /* ALLOC */
    if (answer == NULL)
        abort();
    yard_born(1);
    memset(answer, 0, sizeof *answer);
    answer->question = question;
    memset(answer->text, '.', sizeof answer->text - 1);
    snprintf(answer->text, sizeof answer->text, "%ld", question * question % 1009);
    return answer;
}

static struct answer *cache_add(struct cache *cache, struct answer *answer)
{
    cache_make_room(cache);
    struct answer **bucket = &cache->bucket[answer->question % CACHE_BUCKETS];
    answer->next = *bucket;
    *bucket = answer;
    if (cache->newest != NULL)
        cache->newest->newer = answer;
    else
        cache->oldest = answer;
    cache->newest = answer;
    cache->count++;
    return answer;
}

const struct answer *cache_ask(struct cache *cache, long question)
{
    for (struct answer *at = cache->bucket[question % CACHE_BUCKETS]; at != NULL; at = at->next)
        if (at->question == question)
            return at;
    return cache_add(cache, answer_new(question));
}
