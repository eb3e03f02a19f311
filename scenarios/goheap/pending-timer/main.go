// Sells tickets. A seat is kept for half an hour; then the order has to be paid.
package main

import (
	"sync/atomic"
	"time"

	yard "leakyard/kit/go"
)

const patience = 30 * time.Minute

type order struct {
	seat    int64
	paid    atomic.Bool
	expiry  *time.Timer
	history *[100]int64
}

var seatsFreed atomic.Int64

// expire gives the seat to others if nobody has paid for it.
func (o *order) expire() {
	if !o.paid.Load() {
		seatsFreed.Add(1)
	}
}

func newOrder(seat int64) *order {
	o := &order{seat: seat, history: new([100]int64)} // ALLOC
	// It lives as long as the order, to which its own timer leads back: a census
	// before Go 1.24 sets finalizers, and that would keep a cycle.
	yard.Track(o.history)
	o.expiry = time.AfterFunc(patience, o.expire)
	return o
}

var lastSeat int64

// A round: some people order, and pay at once.
func round() int64 {
	var taken int64
	for range 6 {
		lastSeat++
		taken += newOrder(lastSeat).pay(20 + lastSeat%30)
	}
	return taken
}

func main() { yard.Main(round) }
