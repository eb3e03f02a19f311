// Plots curves, each in a window of its own. The library that paints keeps its canvas
// by thread, so each window has a painter that stays on one.
package main

// #include "canvas.h"
import "C"

import (
	"runtime"

	yard "leakyard/kit/go"
)

type curve struct{ a, b int }

type window struct {
	curves  chan curve
	painted chan int64
	over    chan struct{} // closed when the painter has ended
}

func openWindow() *window {
	w := &window{make(chan curve), make(chan int64), make(chan struct{})}
	yard.Born(1)
	go w.paint() // ALLOC
	return w
}

func (w *window) paint() {
	runtime.LockOSThread()
	defer close(w.over)
	defer yard.Died(1)
	defer runtime.UnlockOSThread()
	for c := range w.curves {
		C.canvas_begin(C.uchar(c.a))
		for t := range 200 {
			C.canvas_dot(C.int(c.a*t), C.int(c.b*t*t/16))
		}
		w.painted <- int64(C.canvas_painted())
	}
}

var lastCurve int

// A round compares three curves, side by side.
func round() int64 {
	var windows [3]*window
	for i := range windows {
		windows[i] = openWindow()
	}
	var painted int64
	for i, w := range windows {
		lastCurve++
		w.curves <- curve{lastCurve, i + 1}
		painted += <-w.painted
	}
	for _, w := range windows {
		w.close()
	}
	return painted
}

func main() { yard.Main(round) }
