// Plans a hike from west to east, along a map in tiles.
package main

// #include "tile.h"
import "C"

import (
	lru "github.com/hashicorp/golang-lru/v2"

	yard "leakyard/kit/go"
)

const (
	stage    = 10 // tiles that a day takes
	capacity = 16
)

// Tiles by their column.
type cache = lru.Cache[int, *C.struct_tile]

var (
	tiles = newCache()
	west  int // where the day begins
)

func at(column int) *C.struct_tile {
	if tile, hit := tiles.Get(column); hit {
		return tile
	}
	tile := C.tile_render(C.int(column))
	if tile == nil {
		panic("out of memory")
	}
	yard.Born(1)
	tiles.Add(column, tile)
	return tile
}

// A round looks for a day's passes: first all tiles, then the last three again.
func round() int64 {
	var climbed int64
	for column := west; column < west+stage; column++ {
		climbed += int64(C.tile_summit(at(column)))
	}
	for column := west + stage - 3; column < west+stage; column++ {
		climbed += int64(C.tile_summit(at(column)))
	}
	west += stage
	return climbed
}

func main() { yard.Main(round) }
