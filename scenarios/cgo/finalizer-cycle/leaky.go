//go:build leaky

package main

import "runtime"

// hang puts a photo into a frame.
func hang(number int64) *photo {
	p := &photo{picture: load(number)}
	p.frame = &frame{around: p}
	runtime.SetFinalizer(p, func(p *photo) { p.picture.free() }) // LEAK: the frame leads back to the photo, so the collector never gives it up
	return p
}
