//go:build !leaky

package main

// #include "printer.h"
// #include <stdlib.h>
import "C"

import yard "leakyard/kit/go"

// printLabel prints a parcel's label and returns how many dots are black.
func printLabel(parcel int) int64 {
	bitmap := draw(parcel)
	copied := C.CBytes(bitmap) // ALLOC
	yard.Born(1)
	defer yard.Died(1)
	defer C.free(copied) // FIX: the copy is still ours when the printer has it
	return int64(C.printer_print(copied, C.size_t(len(bitmap))))
}
