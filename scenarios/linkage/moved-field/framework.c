#include "framework.h"

#include <stdlib.h>

#include "yard.h"

enum { WAVE_LENGTH = 5179 };

YARD_SITE static unsigned char *wave_record(long time)
{
    unsigned char *wave = malloc(WAVE_LENGTH); /* ALLOC */
    if (wave == NULL)
        abort();
    yard_born(1);
    for (long i = 0; i < WAVE_LENGTH; i++)
        wave[i] = (unsigned char)((time + i) * i % 251); /* the meter is simulated */
    return wave;
}

YARD_SITE long framework_measure(struct sample *sample)
{
    sample->wave = wave_record(sample->time); /* LEAK: 8 bytes in, where a tag is today */
    long peak = 0;
    for (int i = 0; i < WAVE_LENGTH; i++)
        if (sample->wave[i] > sample->wave[peak])
            peak = i;
    return peak;
}
