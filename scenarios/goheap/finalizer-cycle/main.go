// Draws charts. A canvas takes one of the surfaces that the screen has, and gives it
// back when nobody has the canvas any more.
package main

import (
	"sync/atomic"

	yard "leakyard/kit/go"
)

const side = 48

type picture [side][side]byte

type canvas struct {
	picture *picture
	pen     *pen
}

var surfacesTaken atomic.Int64

func (*canvas) giveBack() { surfacesTaken.Add(-1) }

// chart draws a bar for each value and returns how much of the canvas is black.
func chart(values []int) int64 {
	c := newCanvas()
	for x, height := range values {
		for y := range height {
			c.pen.dot(x, y)
		}
	}
	var black int64
	for _, row := range c.picture {
		for _, dot := range row {
			black += int64(dot)
		}
	}
	return black
}

var week int

func round() int64 {
	week++
	return chart([]int{3, 9, week % side, 12}) +
		chart([]int{side - 1, week % 7}) +
		chart([]int{1, 2, 3, 4, 5, week % 5})
}

func main() { yard.Main(round) }
