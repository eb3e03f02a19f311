#include "icon.h"

#include <stdlib.h>

enum { DOTS = 4261 };

struct icon {
    unsigned char dots[DOTS];
};

struct icon *icon_draw(int shape, int shade)
{
    struct icon *icon = malloc(sizeof *icon); /* ALLOC */
    if (icon == NULL)
        return NULL;
    for (int i = 0; i < DOTS; i++)
        icon->dots[i] = (unsigned char)(i * shape % 256 < shade);
    return icon;
}

void icon_free(struct icon *icon)
{
    free(icon);
}

long icon_dark(const struct icon *icon)
{
    long count = 0;
    for (int i = 0; i < DOTS; i++)
        count += icon->dots[i];
    return count;
}
