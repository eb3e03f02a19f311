#include "pixels.h"

#include <stdlib.h>

enum { DOTS = 4409 };

struct pixels {
    unsigned char dots[DOTS];
};

struct pixels *pixels_load(int number)
{
    struct pixels *pixels = malloc(sizeof *pixels); /* ALLOC */
    if (pixels == NULL)
        return NULL;
    for (int i = 0; i < DOTS; i++)
        pixels->dots[i] = (unsigned char)((i + number) * 7 % 250);
    return pixels;
}

void pixels_free(struct pixels *pixels)
{
    free(pixels);
}

long pixels_brightness(const struct pixels *pixels)
{
    long sum = 0;
    for (int i = 0; i < DOTS; i++)
        sum += pixels->dots[i];
    return sum * 100 / DOTS;
}
