/* Pictures in buffers that begin on a cache line, as the hardware wants them. */
#pragma once

unsigned char *picture_new(void);
long picture_take(unsigned char *picture, int milliseconds);
void picture_free(unsigned char *picture);

/* How much light there was, or -1. */
long expose(int milliseconds);
