//go:build leaky && go1.24

package main

import (
	"runtime"

	yard "leakyard/kit/go"
)

type pen struct{ canvas *canvas }

func (p *pen) dot(x, y int) { p.canvas.picture[y][x] = 1 }

func newCanvas() *canvas {
	c := &canvas{picture: new(picture)} // ALLOC
	yard.Track(c)
	c.pen = &pen{c} // LEAK: canvas and pen point to each other, and a cycle with a finalizer is never collected
	surfacesTaken.Add(1)
	runtime.SetFinalizer(c, (*canvas).giveBack)
	return c
}
