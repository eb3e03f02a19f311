// Values options. At an auction the same price is often called more than once, and
// what an option is worth at that price holds for a few microseconds.
package main

import (
	"strconv"
	"time"

	yard "leakyard/kit/go"
)

const (
	validity   = 20 * time.Microsecond
	calls      = 10 // in an auction, each price twice: few enough for one bucket of a map
	priceSteps = 60
)

type valuation struct {
	worth int64
	curve [priceSteps]int64 // at prices above
}

func valueAt(price int64) *valuation {
	v := new(valuation) // ALLOC
	yard.Track(v)
	for step := range v.curve {
		v.curve[step] = (price + int64(step)) % 89
		v.worth += v.curve[step]
	}
	return v
}

func keyOf(price int64) string { return strconv.FormatInt(price, 10) }

// pause lasts from one auction to the next: until no valuation holds any more.
func pause() {
	for begin := time.Now(); time.Since(begin) <= 2*validity; {
	}
}

var lastCall int64

// auction has rising prices, from one to the next as well.
func auction() int64 {
	var total int64
	for range calls {
		total += worthAt(lastCall / 2)
		lastCall++
	}
	pause()
	closeAuction()
	return total
}

// A round is two auctions.
func round() int64 { return auction() + auction() }

func main() { yard.Main(round) }
