#include <stdlib.h>

#include "cache.h"
#include "yard.h"

static struct cache cache;

/* Three new questions, each asked twice. */
long yard_round(void)
{
    static long question;
    long sum = 0;
    for (int i = 0; i < 3; i++, question++)
        for (int again = 0; again < 2; again++)
            sum += strtol(cache_ask(&cache, question)->text, NULL, 10);
    return sum;
}
