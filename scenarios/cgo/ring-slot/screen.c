#include "screen.h"

#include <stdlib.h>

enum { WIDTH = 461, HEIGHT = 11 };

struct screen {
    unsigned char pixels[HEIGHT][WIDTH];
};

struct screen *screen_grab(unsigned moment)
{
    struct screen *screen = malloc(sizeof *screen); /* ALLOC */
    if (screen == NULL)
        return NULL;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            screen->pixels[y][x] = (unsigned char)((unsigned)(x + 1) * (moment + 7) + (unsigned)y);
    return screen;
}

void screen_free(struct screen *screen)
{
    free(screen);
}

long screen_brightness(const struct screen *screen)
{
    long sum = 0;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            sum += screen->pixels[y][x];
    return sum;
}
