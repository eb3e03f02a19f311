//go:build leaky

package main

// #include "primer.h"
import "C"

import yard "leakyard/kit/go"

// bindingSites returns how many places of a read the primer binds to.
func bindingSites(read string) int64 {
	bases := C.CString(read) // ALLOC
	yard.Born(1)
	return int64(C.primer_sites(bases)) // LEAK: the copy that C got stays behind
}
