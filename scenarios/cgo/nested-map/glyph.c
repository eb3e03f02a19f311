#include "glyph.h"

#include <stdlib.h>

enum { DOTS = 1811 };

struct glyph {
    unsigned char dots[DOTS];
};

struct glyph *glyph_draw(int letter, int size)
{
    struct glyph *glyph = malloc(sizeof *glyph); /* ALLOC */
    if (glyph == NULL)
        return NULL;
    for (int i = 0; i < DOTS; i++)
        glyph->dots[i] = (i * letter) % 96 < size;
    return glyph;
}

void glyph_free(struct glyph *glyph)
{
    free(glyph);
}

long glyph_ink(const struct glyph *glyph)
{
    long ink = 0;
    for (int i = 0; i < DOTS; i++)
        ink += glyph->dots[i];
    return ink;
}
