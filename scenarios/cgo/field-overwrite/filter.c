#include "filter.h"

#include <stdlib.h>

enum { TAPS = 2711 };

struct filter {
    signed char taps[TAPS];
};

struct filter *filter_design(int frequency)
{
    struct filter *filter = malloc(sizeof *filter); /* ALLOC */
    if (filter == NULL)
        return NULL;
    for (int i = 0; i < TAPS; i++)
        filter->taps[i] = (signed char)((i * frequency / 100) % 50 + 1);
    return filter;
}

void filter_free(struct filter *filter)
{
    free(filter);
}

long filter_apply(const struct filter *filter, int sample)
{
    long sum = 0;
    for (int i = 0; i < TAPS; i++)
        sum += filter->taps[i] * (sample + i % 3);
    return sum / TAPS;
}
