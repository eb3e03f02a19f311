//go:build leaky

package main

// #include "tape.h"
import "C"

import "unsafe"

// save writes the blocks to the tape, in one go.
func (d *drive) save(blocks []*block) int64 {
	for _, b := range blocks {
		d.pinner.Pin(b)
		if C.tape_put(unsafe.Pointer(b), C.size_t(len(b))) != 0 {
			panic("too many blocks at a time")
		}
	}
	return int64(C.tape_write()) // LEAK: C has forgotten the blocks, and the pinner holds them on
}
