// Scales pictures, each row of tiles by some workers side by side.
package main

import yard "leakyard/kit/go"

const tileSize = 64

var lastPicture int

// A round scales one picture. They come wider and wider, up to a bound, and then
// narrow again.
func round() int64 {
	lastPicture++
	width := lastPicture%40 + 1
	tiles := make([]tile, width)
	for i := range tiles {
		tiles[i] = tile{shade: i + lastPicture, done: make(chan int64, 1)}
	}
	scale(tiles)
	var light int64
	for _, t := range tiles {
		light += <-t.done
	}
	return light
}

func main() { yard.Main(round) }
