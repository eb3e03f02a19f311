//go:build !leaky

package main

// #include "filter.h"
import "C"

import yard "leakyard/kit/go"

func (r *radio) tune(frequency int) {
	if r.filter != nil {
		C.filter_free(r.filter) // FIX: the last station's filter goes first
		yard.Died(1)
	}
	r.filter = design(frequency)
}
