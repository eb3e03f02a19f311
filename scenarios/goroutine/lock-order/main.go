// Replicas of a store, which meet now and then to hand each other what is new.
package main

import (
	"sync"

	yard "leakyard/kit/go"
)

type replica struct {
	calls chan int64 // the version that a peer says it has

	lock    sync.Mutex
	version int64
	pages   []string
	news    []string // what the peer lacks
}

func newReplica(version int64, news ...string) *replica {
	return &replica{calls: make(chan int64, 1), version: version, news: news}
}

// call tells the peer which version is here. Returns the peer's own, when it has
// called too.
func (r *replica) call(peer *replica, version int64) int64 {
	peer.calls <- version
	return <-r.calls
}

// meet lets a replica exchange news with a peer; what it heard is told at once.
func meet(r, peer *replica, heard chan<- int64) {
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		r.exchange(peer, heard)
	}()
}

// A round is a meeting of two, each of which has news for the other.
func round() int64 {
	a := newReplica(7, "opening hours", "address")
	b := newReplica(9, "price list")
	heard := make(chan int64, 2)
	meet(a, b, heard)
	meet(b, a, heard)
	return <-heard + <-heard
}

func main() { yard.Main(round) }
