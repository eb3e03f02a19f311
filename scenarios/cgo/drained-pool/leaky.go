//go:build leaky

package main

// #include "page.h"
import "C"

import "sync"

// Pages that wait to be used again.
var spare = sync.Pool{New: func() any { return newPage() }}

func takePage() *C.struct_page {
	return spare.Get().(*C.struct_page)
}

func putPage(page *C.struct_page) {
	spare.Put(page) // LEAK: the pool may drop it at a collection, and frees nothing
}
