//go:build !leaky

package main

// #include "glyph.h"
import "C"

import yard "leakyard/kit/go"

// restyle gives a style another size: what was drawn in it is of no use any more.
func (d *display) restyle(style string, size int) {
	d.size = size
	for _, glyph := range d.drawn[style] {
		C.glyph_free(glyph) // FIX: what is in the old map goes before the map
		yard.Died(1)
	}
	d.drawn[style] = map[rune]*C.struct_glyph{}
}
