//go:build !leaky && go1.24

package main

import (
	"runtime"

	yard "leakyard/kit/go"
)

func newReader(d *drive) *reader {
	r := &reader{drive: d} // ALLOC
	yard.Track(r)
	runtime.AddCleanup(r, (*drive).rewind, r.drive) // FIX: what the cleanup is given does not lead back to r
	return r
}
