//go:build !leaky

package main

import "runtime"

// hang puts a photo into a frame.
func hang(number int64) *photo {
	p := &photo{picture: load(number)}
	p.frame = &frame{around: p}
	runtime.SetFinalizer(p.picture, (*picture).free) // FIX: nothing leads from a picture back to itself
	return p
}
