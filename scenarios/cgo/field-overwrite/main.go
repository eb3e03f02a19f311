// A radio that looks for the strongest of its stations.
package main

// #include "filter.h"
import "C"

import yard "leakyard/kit/go"

type radio struct {
	filter *C.struct_filter // of the station that it is tuned to; nil before the first
}

var (
	kitchen  radio
	stations = []int{8840, 9330, 9710, 10420}
)

func design(frequency int) *C.struct_filter {
	filter := C.filter_design(C.int(frequency))
	if filter == nil {
		panic("out of memory")
	}
	yard.Born(1)
	return filter
}

// A round is one search.
func round() int64 {
	var strongest int64
	for _, station := range stations {
		kitchen.tune(station)
		strongest = max(strongest, int64(C.filter_apply(kitchen.filter, C.int(station%97))))
	}
	return strongest
}

func main() { yard.Main(round) }
