/* sample 2.3: what a meter saw at a moment. */
#pragma once

struct sample {
    long time;
    unsigned char *wave; /* malloc'd, or NULL; goes with the sample */
    void *tag;           /* the caller's; none of the library's business */
};

struct sample *sample_new(long time);
void sample_free(struct sample *sample);
