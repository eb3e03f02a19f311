#include "sky.h"

#include <stdlib.h>

enum { STARS = 3907 };

struct sky {
    unsigned char rises[STARS]; /* at which hour */
};

struct sky *sky_new(int place)
{
    struct sky *sky = malloc(sizeof *sky); /* ALLOC */
    if (sky == NULL)
        return NULL;
    for (int i = 0; i < STARS; i++)
        sky->rises[i] = (unsigned char)(i * (place + 7) % 24);
    return sky;
}

void sky_free(struct sky *sky)
{
    free(sky);
}

void sky_draw(const struct sky *sky, int hour, unsigned char *picture, size_t dots)
{
    for (size_t i = 0; i < STARS; i++)
        if (sky->rises[i] <= hour)
            picture[i * 211 % dots] = 255;
}
