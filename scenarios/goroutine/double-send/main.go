// Finds the carrier that takes a parcel for the least money.
package main

import (
	"fmt"

	yard "leakyard/kit/go"
)

type carrier struct {
	name        string
	base, perKg int64 // in cents
	heaviest    int64 // in kilograms
}

// quote stands for a question over the net.
func (c carrier) quote(kg int64) (int64, error) {
	if kg > c.heaviest {
		return 0, fmt.Errorf("%s takes no more than %d kg", c.name, c.heaviest)
	}
	return c.base + kg*c.perKg, nil
}

type reply struct {
	cents int64
	err   error
}

var carriers = []carrier{
	{"Bicycle", 190, 40, 5},
	{"Post", 420, 25, 31},
	{"Van", 650, 11, 80},
}

// cheapest asks all carriers at once, then hears what each has to say.
func cheapest(kg int64) int64 {
	replies := make([]<-chan reply, len(carriers))
	for i, c := range carriers {
		replies[i] = ask(c, kg)
	}
	var least int64
	for _, next := range replies {
		r := <-next
		if r.err == nil && (least == 0 || r.cents < least) {
			least = r.cents
		}
	}
	return least
}

// A round has five parcels. Two are too heavy for the bicycle, one of them for the
// post as well.
func round() int64 {
	var total int64
	for _, kg := range []int64{1, 4, 22, 3, 60} {
		total += cheapest(kg)
	}
	return total
}

func main() { yard.Main(round) }
