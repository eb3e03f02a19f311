/* Pictures, as C knows them. Who gets one from pixels_load gives it back to pixels_free. */
#pragma once

struct pixels;

/* NULL if memory is short. */
struct pixels *pixels_load(int number);
void pixels_free(struct pixels *pixels);

/* The mean of the dots, times a hundred. */
long pixels_brightness(const struct pixels *pixels);
