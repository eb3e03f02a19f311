/* The stars over a place. Who gets a sky from sky_new gives it back to sky_free. */
#pragma once

#include <stddef.h>

struct sky;

/* NULL if memory is short. */
struct sky *sky_new(int place);
void sky_free(struct sky *sky);

/* Draws the stars that have risen at that hour into a picture of so many dots. */
void sky_draw(const struct sky *sky, int hour, unsigned char *picture, size_t dots);
