//go:build leaky && go1.24

package main

import (
	"runtime"

	yard "leakyard/kit/go"
)

func newReader(d *drive) *reader {
	r := &reader{drive: d} // ALLOC
	yard.Track(r)
	runtime.AddCleanup(r, func(rewind func()) { rewind() }, r.rewind) // LEAK: r.rewind is a function that holds r
	return r
}
