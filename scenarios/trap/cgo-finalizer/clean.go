package main

// #include "sky.h"
import "C"

import (
	"runtime"

	yard "leakyard/kit/go"
)

// A sky frees its C memory when the collector has found that nobody needs it.
type sky struct {
	c     *C.struct_sky
	place int
}

func newSky(place int) *sky {
	s := &sky{C.sky_new(C.int(place)), place}
	if s.c == nil {
		panic("out of memory")
	}
	yard.Born(1)
	runtime.SetFinalizer(s, (*sky).free)
	return s
}

func (s *sky) free() {
	C.sky_free(s.c)
	yard.Died(1)
}

func (s *sky) draw(hour int) []byte {
	defer runtime.KeepAlive(s)
	picture := make([]byte, width*height)
	C.sky_draw(s.c, C.int(hour), (*C.uchar)(&picture[0]), C.size_t(len(picture)))
	return picture
}
