package main

// #include "array.h"
import "C"

import yard "leakyard/kit/go"

// Longer values live in C memory, to spare the collector.
const longestInGo = 1024

type item struct {
	array *C.struct_array // a large value
	bytes []byte          // or a small one
}

func newItem(length int, fill byte) item {
	if length > longestInGo && yard.Stage("c-memory") {
		array := C.array_new(C.size_t(length), C.uchar(fill))
		if array == nil {
			panic("out of memory")
		}
		yard.Born(1)
		return item{array: array}
	}
	bytes := make([]byte, length)
	for i := range bytes {
		bytes[i] = fill
	}
	return item{bytes: bytes}
}

func (i item) sum() int64 {
	if i.array != nil {
		return int64(C.array_sum(i.array))
	}
	var sum int64
	for _, b := range i.bytes {
		sum += int64(b)
	}
	return sum
}

// The collector does not know what a large value is made of.
func (i item) free() {
	if i.array != nil {
		C.array_free(i.array)
		yard.Died(1)
	}
}
