#include "tile.h"

#include <stdlib.h>

enum { POINTS = 4219 };

struct tile {
    unsigned char heights[POINTS];
};

struct tile *tile_render(int column)
{
    struct tile *tile = malloc(sizeof *tile); /* ALLOC */
    if (tile == NULL)
        return NULL;
    for (int i = 0; i < POINTS; i++)
        tile->heights[i] =
            (unsigned char)(((unsigned)column * 131u + (unsigned)i * 17u) % 211u % 187u);
    tile->heights[0] = (unsigned char)(column % 53 + 187);
    return tile;
}

void tile_free(struct tile *tile)
{
    free(tile);
}

long tile_summit(const struct tile *tile)
{
    unsigned char summit = 0;
    for (int i = 0; i < POINTS; i++)
        if (tile->heights[i] > summit)
            summit = tile->heights[i];
    return summit;
}
