// Lists shops with what they took in, which takes a while to add up.
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

const pageLength = 24

var lastShop int64

// A round is one page of the list of shops, each with its total; then the last
// one on the page is opened. The next page has other shops.
func round() int64 {
	var total int64
	for range pageLength {
		lastShop++
		total += lookup(lastShop).total
	}
	return total + lookup(lastShop).daily[0]
}

func main() { yard.Main(round) }
