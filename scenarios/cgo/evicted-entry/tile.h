/* Tiles of a map. Who gets one from tile_render gives it back to tile_free. */
#pragma once

struct tile;

/* NULL if memory is short. */
struct tile *tile_render(int column);
void tile_free(struct tile *tile);

/* The highest point on it. */
long tile_summit(const struct tile *tile);
