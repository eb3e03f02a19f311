// Offers taxi rides to drivers until one accepts, or the passenger has had enough.
package main

import (
	"time"

	yard "leakyard/kit/go"
)

const patience = time.Hour

type ride struct {
	fare      int64
	accepted  chan int64    // the driver's number
	cancelled chan struct{} // closed by the passenger
	driver    chan int64    // for the passenger; 0 if there is none
}

func order(fare int64) *ride {
	r := &ride{fare, make(chan int64, 1), make(chan struct{}), make(chan int64, 1)}
	yard.Born(1)
	go dispatch(r) // ALLOC
	return r
}

func (r *ride) accept(driver int64) { r.accepted <- driver }
func (r *ride) cancel()             { close(r.cancelled) }

// A round is a rainy evening: two of three passengers are picked up by a friend.
func round() int64 {
	taken, given, up := order(1200), order(900), order(2100)
	given.cancel()
	taken.accept(17)
	up.cancel()
	return taken.fare + <-taken.driver
}

func main() { yard.Main(round) }
