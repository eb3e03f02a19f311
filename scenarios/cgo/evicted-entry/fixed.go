//go:build !leaky

package main

// #include "tile.h"
import "C"

import (
	lru "github.com/hashicorp/golang-lru/v2"

	yard "leakyard/kit/go"
)

func newCache() *cache {
	made, err := lru.NewWithEvict(capacity, func(_ int, tile *C.struct_tile) {
		C.tile_free(tile) // FIX: who takes a tile out frees it, the cache too
		yard.Died(1)
	})
	if err != nil {
		panic(err)
	}
	return made
}
