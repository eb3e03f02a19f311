package main

// #include "text.h"
import "C"

import (
	"unsafe"

	yard "leakyard/kit/go"
)

// Longer texts live in C memory, to spare the collector. Was 4096.
const longestInGo = 1024

type text struct {
	length int
	c      *C.char // a long one
	s      string  // or a short one
}

func newText(s string) *text {
	t := &text{length: len(s)}
	if t.length <= longestInGo {
		t.s = s
		return t
	}
	t.c = C.text_new((*C.char)(unsafe.Pointer(unsafe.StringData(s))), C.size_t(t.length))
	if t.c == nil {
		panic("out of memory")
	}
	yard.Born(1)
	return t
}

func (t *text) words() int64 {
	bytes := t.c
	if bytes == nil {
		bytes = (*C.char)(unsafe.Pointer(unsafe.StringData(t.s)))
	}
	return int64(C.text_words(bytes, C.size_t(t.length)))
}
