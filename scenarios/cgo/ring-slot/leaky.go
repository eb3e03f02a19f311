//go:build leaky

package main

// #include "screen.h"
import "C"

// keep takes the screen over; it takes the place of the oldest one.
func (r *recorder) keep(screen *C.struct_screen) {
	r.screens[r.next] = screen // LEAK: the slot is not empty once the ring has gone round
	r.next = (r.next + 1) % len(r.screens)
}
