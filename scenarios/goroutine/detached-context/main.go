// Takes orders, and shows the customer how far each is.
package main

import (
	"context"
	"sync/atomic"

	yard "leakyard/kit/go"
)

type item struct {
	name  string
	cents int64
}

// What the customer's page shows.
type bar struct{ done atomic.Int64 }

// follow moves the bar at each step, for as long as the page is open.
func (b *bar) follow(ctx context.Context) chan<- string {
	steps := make(chan string)
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		for {
			select {
			case <-steps:
				b.done.Add(1)
			case <-ctx.Done():
				return
			}
		}
	}()
	return steps
}

// pay asks the bank. Once it is asked, it is asked to the end.
func pay(ctx context.Context, items []item) (int64, error) {
	var total int64
	for _, i := range items {
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		total += i.cents
	}
	return total, nil
}

var progress bar

// A round is two customers, who close the page when they have ordered.
func round() int64 {
	var total int64
	for _, items := range [][]item{
		{{"kettle", 3490}, {"tea", 420}},
		{{"lamp", 5900}, {"bulb", 380}, {"cable", 990}},
	} {
		request, leave := context.WithCancel(context.Background())
		cents, _ := order(request, items)
		leave()
		total += cents
	}
	return total
}

func main() { yard.Main(round) }
