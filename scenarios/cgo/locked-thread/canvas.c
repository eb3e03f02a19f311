#include "canvas.h"

#include <string.h>

enum { SIDE = 48 };

static _Thread_local unsigned char canvas[SIDE][SIDE], paper;

void canvas_begin(unsigned char colour)
{
    paper = colour;
    memset(canvas, paper, sizeof canvas);
}

void canvas_dot(int x, int y)
{
    canvas[y % SIDE][x % SIDE] = (unsigned char)(paper + 1);
}

long canvas_painted(void)
{
    long painted = 0;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            painted += canvas[y][x] != paper;
    return painted;
}
