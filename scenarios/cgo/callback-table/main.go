// Records music, and remembers how loud it was, so that it can be levelled.
package main

// #include "mixer.h"
import "C"

import (
	"runtime/cgo"

	yard "leakyard/kit/go"
)

type recording struct {
	meter *C.struct_meter
	peak  int64
}

//export goLevel
func goLevel(context C.uintptr_t, level C.int) {
	r := cgo.Handle(context).Value().(*recording)
	r.peak = max(r.peak, int64(level))
}

func start() *recording {
	r := new(recording)
	r.meter = C.mixer_attach(C.uintptr_t(cgo.NewHandle(r)))
	if r.meter == nil {
		panic("out of memory")
	}
	yard.Born(1)
	return r
}

var songs = [][]C.int{
	{30, 42, 87, 61, 55},
	{12, 99, 40, 101, 3},
}

// A round records both songs.
func round() int64 {
	var total int64
	for _, song := range songs {
		r := start()
		for _, level := range song {
			C.mixer_play(level)
		}
		total += r.stop()
	}
	return total
}

func main() { yard.Main(round) }
