//go:build leaky

package main

// #include "glyph.h"
import "C"

// restyle gives a style another size: what was drawn in it is of no use any more.
func (d *display) restyle(style string, size int) {
	d.size = size
	d.drawn[style] = map[rune]*C.struct_glyph{} // LEAK: the collector takes the old map, and not what its glyphs are made of
}
