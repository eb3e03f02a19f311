#include "histogram.h"

#include <stdlib.h>

#include "yard.h"

YARD_SITE struct histogram *histogram_new(void)
{
    struct histogram *histogram = calloc(1, sizeof *histogram); /* ALLOC */
    if (histogram == NULL)
        abort();
    yard_born(1);
    return histogram;
}

long histogram_mode(const struct histogram *histogram)
{
    long mode = 0;
    for (long i = 1; i < BUCKETS; i++)
        if (histogram->bucket[i] > histogram->bucket[mode])
            mode = i;
    return mode;
}

void histogram_free(struct histogram *histogram)
{
    free(histogram);
    yard_died(1);
}

long yard_round(void)
{
    static const unsigned char pulse[] = {61, 62, 61, 63, 61}, speed[] = {9, 8, 8, 7};
    return report(pulse, sizeof pulse) + report(speed, sizeof speed);
}
