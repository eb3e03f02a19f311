/* Screenshots. Who gets one from screen_grab gives it back to screen_free. */
#pragma once

struct screen;

/* NULL if memory is short. */
struct screen *screen_grab(unsigned moment);
void screen_free(struct screen *screen);

/* The brightness of all pixels, summed. */
long screen_brightness(const struct screen *screen);
