// Shows the departures of a station. Each display has letters of its own size, and
// remembers those that were drawn.
package main

// #include "glyph.h"
import "C"

import yard "leakyard/kit/go"

type display struct {
	size  int
	drawn map[string]map[rune]*C.struct_glyph // by style and letter
}

var (
	platform = display{24, map[string]map[rune]*C.struct_glyph{}}
	styles   = []string{"bold", "plain"}
	turn     int
)

func (d *display) glyph(style string, letter rune) *C.struct_glyph {
	glyph, drawn := d.drawn[style][letter]
	if !drawn {
		glyph = C.glyph_draw(C.int(letter), C.int(d.size))
		if glyph == nil {
			panic("out of memory")
		}
		yard.Born(1)
		d.drawn[style][letter] = glyph
	}
	return glyph
}

func (d *display) show(style, text string) int64 {
	var ink int64
	for _, letter := range text {
		ink += int64(C.glyph_ink(d.glyph(style, letter)))
	}
	return ink
}

// In each round one style gets another size, for the time of day, and a train is shown.
func round() int64 {
	turn++
	style := styles[turn%len(styles)]
	platform.restyle(style, 24+turn%5)
	return platform.show(style, "BERGAMO")
}

func main() { yard.Main(round) }
