// Reads the meters of houses over a radio line.
package main

import (
	"context"
	"errors"
	"sync/atomic"

	yard "leakyard/kit/go"
)

var errSilent = errors.New("the meter does not answer")

// How many want the line to be awake.
var awake atomic.Int64

// keepAwake has the line not fall asleep until ctx ends.
func keepAwake(ctx context.Context) {
	awake.Add(1)
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		<-ctx.Done()
		awake.Add(-1)
	}()
}

func answers(house int64) bool { return house%2 != 0 }

func ask(ctx context.Context, house int64) int64 {
	if ctx.Err() != nil {
		return 0
	}
	return 1000 + house*37%101
}

// A round reads two houses, in the second of which nobody is at home.
func round() int64 {
	var total int64
	for house := range int64(2) {
		if here, err := read(house + 1); err == nil {
			total += here
		}
	}
	return total
}

func main() { yard.Main(round) }
