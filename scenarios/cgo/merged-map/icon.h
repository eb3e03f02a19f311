/* Icons, drawn dot by dot. Who gets one from icon_draw gives it back to icon_free. */
#pragma once

struct icon;

/* NULL if memory is short. */
struct icon *icon_draw(int shape, int shade);
void icon_free(struct icon *icon);

/* How many dots are dark. */
long icon_dark(const struct icon *icon);
