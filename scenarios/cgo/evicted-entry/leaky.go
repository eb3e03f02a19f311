//go:build leaky

package main

// #include "tile.h"
import "C"

import lru "github.com/hashicorp/golang-lru/v2"

func newCache() *cache {
	made, err := lru.New[int, *C.struct_tile](capacity) // LEAK: what makes room is dropped, and its C memory is lost
	if err != nil {
		panic(err)
	}
	return made
}
