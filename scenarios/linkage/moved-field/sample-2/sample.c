#include "sample.h"

#include <stdlib.h>

#include "yard.h"

struct sample *sample_new(long time)
{
    struct sample *sample = malloc(sizeof *sample);
    if (sample == NULL)
        abort();
    *sample = (struct sample){.time = time};
    return sample;
}

void sample_free(struct sample *sample)
{
    if (sample->wave != NULL) {
        free(sample->wave);
        yard_died(1);
    }
    free(sample);
}
