// A web shop that measures how long its answers take.
package main

import (
	"fmt"

	yard "leakyard/kit/go"
)

const buckets = 60

// How many answers took how many milliseconds.
type histogram struct {
	count [buckets]int64
}

var durations = map[string]*histogram{}

func durationsOf(label string) *histogram {
	h, known := durations[label]
	if !known {
		h = new(histogram) // ALLOC
		yard.Track(h)
		durations[label] = h
	}
	return h
}

type request struct {
	route string // as the router knows it
	path  string // as the customer's browser sent it
}

// serve answers a request and returns how many milliseconds that took.
func serve(r request) int64 { return int64(len(r.path)*7) % buckets }

var lastOrder int64

// A round: customers look at their orders, and somebody looks whether the shop is up.
func round() int64 {
	var total int64
	for range 12 {
		lastOrder++
		total += measure(request{"/orders/{number}", fmt.Sprintf("/orders/%08d", lastOrder)})
	}
	return total + measure(request{"/health", "/health"})
}

func main() { yard.Main(round) }
