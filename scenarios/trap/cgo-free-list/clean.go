package main

// #include "seal.h"
import "C"

import yard "leakyard/kit/go"

// Desks that wait to be used again, twelve at most. They stay to the end.
var free = make(chan *C.struct_desk, 12)

func take() *C.struct_desk {
	select {
	case desk := <-free:
		return desk
	default:
	}
	desk := C.desk_new()
	if desk == nil {
		panic("out of memory")
	}
	yard.Born(1)
	return desk
}

func put(desk *C.struct_desk) {
	select {
	case free <- desk:
	default: // there are enough
		C.desk_free(desk)
		yard.Died(1)
	}
}
