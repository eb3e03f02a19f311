#include "histogram.h"

#include "yard.h"

YARD_SITE long report(const unsigned char *samples, long count)
{
    struct histogram *histogram = histogram_new();
    for (long i = 0; i < count; i++)
        histogram->bucket[samples[i]]++;
    long mode = histogram_mode(histogram);
    histogram_free(histogram); /* FIX: it served this report only */
    return mode;
}
