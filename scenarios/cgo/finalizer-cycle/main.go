// Shows the photos of an album, each with a frame that suits it.
package main

// #include "pixels.h"
import "C"

import (
	"runtime"

	yard "leakyard/kit/go"
)

// A picture frees its C memory when the collector has found that nobody needs it.
type picture struct {
	c      *C.struct_pixels
	number int64
}

func (p *picture) free() {
	C.pixels_free(p.c)
	yard.Died(1)
}

func load(number int64) *picture {
	p := &picture{C.pixels_load(C.int(number)), number}
	if p.c == nil {
		panic("out of memory")
	}
	yard.Born(1)
	return p
}

type photo struct {
	picture *picture
	frame   *frame
}

// A frame knows what it is around, to be as bright.
type frame struct {
	around *photo
	grey   int64
}

func (f *frame) suit() {
	f.grey = int64(C.pixels_brightness(f.around.picture.c)) % 256
	runtime.KeepAlive(f.around)
}

var lastPhoto int64

// A round is one page of the album.
func round() int64 {
	var grey int64
	for range 3 {
		lastPhoto++
		p := hang(lastPhoto)
		p.frame.suit()
		grey += p.frame.grey
	}
	return grey
}

func main() { yard.Main(round) }
