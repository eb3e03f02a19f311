//go:build leaky

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
		}
		replies <- reply{cents: cents} // LEAK: after an error this is the second reply, and one is received
	}()
	return replies
}
