//go:build !leaky

package main

import yard "leakyard/kit/go"

// pay closes an order and returns what was paid.
func (o *order) pay(amount int64) int64 {
	defer yard.Died(1)
	o.paid.Store(true)
	for i := range o.history {
		o.history[i] = amount
	}
	o.expiry.Stop() // FIX: what the timer waits for can't happen any more
	return amount
}
