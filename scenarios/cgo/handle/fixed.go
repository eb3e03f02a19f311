//go:build !leaky

package main

// #include "words.h"
import "C"

import (
	"runtime/cgo"
	"unsafe"

	yard "leakyard/kit/go"
)

// read counts the words of a text.
func read(text string) *census {
	c := new(census) // ALLOC
	yard.Track(c)
	defer yard.Died(1)
	context := cgo.NewHandle(c)
	defer context.Delete() // FIX: C is done with the handle, so Go may be too
	letters := (*C.char)(unsafe.Pointer(unsafe.StringData(text)))
	C.words_each(letters, C.size_t(len(text)), C.uintptr_t(context))
	return c
}
