/* sample 2.4: what a meter saw at a moment. The caller's fields come first. */
#pragma once

struct sample {
    long time;
    void *tag;           /* the caller's; none of the library's business */
    unsigned char *wave; /* malloc'd, or NULL; goes with the sample */
};

struct sample *sample_new(long time);
void sample_free(struct sample *sample);
