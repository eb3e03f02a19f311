//go:build !leaky

package main

// #include "runs.h"
// #include <stdlib.h>
import "C"

import (
	"unsafe"

	yard "leakyard/kit/go"
)

// pack returns the track packed, or as it is where that is not worthwhile.
func pack(track []byte) []byte {
	room := C.malloc(worthwhile) // ALLOC
	yard.Born(1)
	defer yard.Died(1)
	defer C.free(room) // FIX: given back on every way out
	from := (*C.uchar)(unsafe.Pointer(&track[0]))
	length := C.runs_pack((*C.uchar)(room), worthwhile, from, C.size_t(len(track)))
	if length < 0 {
		return track
	}
	return C.GoBytes(room, C.int(length))
}
