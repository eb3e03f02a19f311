// Answers requests with a shop's yearly summary, which takes a while to add up.
package main

import yard "leakyard/kit/go"

const days = 1024 // a little under three years

type summary struct {
	total int64
	daily [days]int64
}

// summarize adds up one shop's takings.
func summarize(shop int64) *summary {
	s := new(summary) // ALLOC
	yard.Track(s)
	for day := range s.daily {
		s.daily[day] = (shop*31 + int64(day)) % 97
		s.total += s.daily[day]
	}
	return s
}

var lastShop int64

// A round is three requests: two of shops that were never asked for before, and
// the second one again.
func round() int64 {
	first, second := lastShop+1, lastShop+2
	lastShop = second
	return lookup(first).total + lookup(second).total + lookup(second).total
}

func main() { yard.Main(round) }
