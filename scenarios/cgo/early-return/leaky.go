//go:build leaky

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
	from := (*C.uchar)(unsafe.Pointer(&track[0]))
	length := C.runs_pack((*C.uchar)(room), worthwhile, from, C.size_t(len(track)))
	if length < 0 {
		return track // LEAK: on this way out the room is not given back
	}
	packed := C.GoBytes(room, C.int(length))
	C.free(room)
	yard.Died(1)
	return packed
}
