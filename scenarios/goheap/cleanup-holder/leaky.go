//go:build leaky && go1.24

package main

import (
	"runtime"

	yard "leakyard/kit/go"
)

type berth struct {
	yacht *yacht
	price int64 // of a metre
}

func (b *berth) fee() int64 { return b.price * b.yacht.papers.metres() }

func (h *harbour) moor(name string, p *papers) *yacht {
	y := &yacht{name: name, papers: p} // ALLOC
	yard.Track(y)
	y.berth = &berth{yacht: y, price: 3}
	runtime.AddCleanup(y, h.free, y.berth) // LEAK: the berth is kept for the cleanup, and knows its yacht
	return y
}
