//go:build !leaky

package main

// #include "text.h"
import "C"

import yard "leakyard/kit/go"

// free gives back what the collector does not know of.
func (t *text) free() {
	if t.c != nil { // FIX: what is there is freed, whatever the limit is
		C.text_free(t.c)
		yard.Died(1)
	}
}
