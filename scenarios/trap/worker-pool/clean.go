package main

import yard "leakyard/kit/go"

type tile struct {
	shade int
	done  chan int64
}

const mostWorkers = 16

var (
	work    = make(chan tile, mostWorkers)
	workers int
)

// scale hands the tiles out; a row of more tiles than there are workers gets more
// workers, as long as that does any good.
func scale(tiles []tile) {
	for workers < len(tiles) && workers < mostWorkers {
		workers++
		yard.Born(1)
		go scaleTiles() // ALLOC
	}
	for _, t := range tiles {
		work <- t
	}
}

// scaleTiles is there for as long as the program is.
func scaleTiles() {
	for t := range work {
		var light int64
		for pixel := range tileSize {
			light += int64(t.shade * pixel % 256)
		}
		t.done <- light
	}
}
