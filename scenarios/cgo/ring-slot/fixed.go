//go:build !leaky

package main

// #include "screen.h"
import "C"

import yard "leakyard/kit/go"

// keep takes the screen over; it takes the place of the oldest one.
func (r *recorder) keep(screen *C.struct_screen) {
	if oldest := r.screens[r.next]; oldest != nil {
		C.screen_free(oldest) // FIX: what was in the slot goes first
		yard.Died(1)
	}
	r.screens[r.next] = screen
	r.next = (r.next + 1) % len(r.screens)
}
