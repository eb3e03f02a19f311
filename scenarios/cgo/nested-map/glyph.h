/* Drawn letters. Who gets one from glyph_draw gives it back to glyph_free. */
#pragma once

struct glyph;

/* NULL if memory is short. */
struct glyph *glyph_draw(int letter, int size);
void glyph_free(struct glyph *glyph);

/* How many of its dots are black. */
long glyph_ink(const struct glyph *glyph);
