//go:build !leaky

package main

import yard "leakyard/kit/go"

// ask has one carrier's reply sent.
func ask(c carrier, kg int64) <-chan reply {
	replies := make(chan reply)
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		cents, err := c.quote(kg)
		if err != nil {
			replies <- reply{err: err}
			return // FIX: that was the reply
		}
		replies <- reply{cents: cents}
	}()
	return replies
}
