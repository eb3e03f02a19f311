//go:build !leaky && go1.24

package main

import (
	"runtime"

	yard "leakyard/kit/go"
)

type berth struct {
	metres int64
	price  int64 // of a metre
}

func (b *berth) fee() int64 { return b.price * b.metres }

func (h *harbour) moor(name string, p *papers) *yacht {
	y := &yacht{name: name, papers: p} // ALLOC
	yard.Track(y)
	y.berth = &berth{metres: p.metres(), price: 3}
	runtime.AddCleanup(y, h.free, y.berth) // FIX: the berth knows how long it is, and nothing of a yacht
	return y
}
