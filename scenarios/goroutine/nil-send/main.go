// The tills of a bakery. Where somebody collects figures, each sale is published.
package main

import (
	"sync/atomic"

	yard "leakyard/kit/go"
)

type till struct {
	sales chan int64 // made where figures are collected
}

var turnover atomic.Int64

func open(collected bool) *till {
	t := &till{}
	if collected {
		t.sales = make(chan int64)
		go t.collect()
	}
	return t
}

func (t *till) collect() {
	for price := range t.sales {
		turnover.Add(price)
	}
}

// sell returns the change. No customer waits for the figures.
func (t *till) sell(price, paid int64) int64 {
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		t.publish(price)
	}()
	return paid - price
}

var (
	market  = open(true)
	station = open(false) // a rented till
)

// A round is a quarter of an hour.
func round() int64 {
	return market.sell(320, 500) + market.sell(185, 200) +
		station.sell(250, 300) + station.sell(140, 200) + station.sell(475, 500)
}

func main() { yard.Main(round) }
