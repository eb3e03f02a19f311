#include "histogram.h"

#include "yard.h"

YARD_SITE long report(const unsigned char *samples, long count)
{
    struct histogram *histogram = histogram_new();
    for (long i = 0; i < count; i++)
        histogram->bucket[samples[i]]++;
    long mode = histogram_mode(histogram);
    return mode; /* LEAK: the number is out, the histogram stays */
}
