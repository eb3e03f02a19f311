// Compares what insurers ask for. One of them is slow; who has heard two goes.
package main

import (
	"sync"

	yard "leakyard/kit/go"
)

type quote struct {
	inquiry *inquiry
	cents   int64
}

// All insurers answer here, also those whose customer has gone: so none of them ever
// waits for a customer.
var quotes = make(chan quote)

// fileQuotes puts each quote to its inquiry.
func fileQuotes() {
	defer yard.Died(1)
	for q := range quotes {
		q.inquiry.add(q.cents)
	}
}

func startClerk() {
	yard.Born(1)
	go fileQuotes() // ALLOC
}

const enough = 2

type inquiry struct {
	lock   sync.Mutex
	cents  []int64
	heard  chan struct{} // closed when there are quotes enough
	closed chan struct{} // closed when the customer has gone
}

func (i *inquiry) add(cents int64) {
	i.lock.Lock()
	defer i.lock.Unlock()
	i.cents = append(i.cents, cents)
	if len(i.cents) == enough {
		close(i.heard)
	}
}

type insurer struct {
	base, perYear int64
	slow          bool
}

func (r insurer) answer(i *inquiry, age int64) {
	if r.slow {
		<-i.closed // that slow
	}
	quotes <- quote{i, r.base + r.perYear*age}
}

var insurers = []insurer{{base: 4000, perYear: 120}, {base: 900, perYear: 60, slow: true}, {base: 7000, perYear: 35}}

// compare returns the best of the quotes that come in time.
func compare(age int64) int64 {
	i := &inquiry{heard: make(chan struct{}), closed: make(chan struct{})}
	defer close(i.closed)
	collect()
	for _, r := range insurers {
		go r.answer(i, age)
	}
	<-i.heard
	i.lock.Lock()
	defer i.lock.Unlock()
	return min(i.cents[0], i.cents[1])
}

// A round is a couple who ask for their cars.
func round() int64 { return compare(34) + compare(61) }

func main() { yard.Main(round) }
