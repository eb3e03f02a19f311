//go:build !leaky

package main

// #include "primer.h"
// #include <stdlib.h>
import "C"

import (
	"unsafe"

	yard "leakyard/kit/go"
)

// bindingSites returns how many places of a read the primer binds to.
func bindingSites(read string) int64 {
	bases := C.CString(read) // ALLOC
	yard.Born(1)
	defer yard.Died(1)
	defer C.free(unsafe.Pointer(bases)) // FIX: who makes a C string frees it
	return int64(C.primer_sites(bases))
}
