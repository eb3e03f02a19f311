//go:build go1.24

// A harbour. A yacht has a berth until nobody has the yacht any more.
package main

import (
	"sync"

	yard "leakyard/kit/go"
)

// Papers are scanned when a yacht comes in.
type papers [3000]byte

func scan(number int64) *papers {
	p := new(papers)
	for i := range p {
		p[i] = byte(number * int64(i))
	}
	return p
}

func (p *papers) metres() int64 { return 6 + int64(p[1])%9 }

type yacht struct {
	name   string
	papers *papers
	berth  *berth
}

type harbour struct {
	lock  sync.Mutex
	freed int64
}

// free is called when a yacht has gone.
func (h *harbour) free(*berth) {
	h.lock.Lock()
	defer h.lock.Unlock()
	h.freed++
}

var (
	marina      harbour
	names       = []string{"Albatross", "Bonito", "Cormorant", "Dolphin", "Eider"}
	lastArrival int64
)

// A round is one day: all of these come, pay, and leave.
func round() int64 {
	var fees int64
	for _, name := range names {
		lastArrival++
		y := marina.moor(name, scan(lastArrival))
		fees += y.berth.fee()
	}
	return fees
}

func main() { yard.Main(round) }
