//go:build leaky

package main

import (
	"runtime"

	yard "leakyard/kit/go"
)

type pen struct{ canvas *canvas }

func (p *pen) dot(x, y int) { p.canvas.picture[y][x] = 1 }

func newCanvas() *canvas {
	c := &canvas{picture: new(picture)} // ALLOC
	// It lives as long as the canvas, whose one finalizer is taken: before Go 1.24 a
	// census sets finalizers.
	yard.Track(c.picture)
	c.pen = &pen{c} // LEAK: canvas and pen point to each other, and a cycle with a finalizer is never collected
	surfacesTaken.Add(1)
	runtime.SetFinalizer(c, (*canvas).giveBack)
	return c
}
