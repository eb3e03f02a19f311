//go:build leaky

package main

// pay closes an order and returns what was paid.
func (o *order) pay(amount int64) int64 {
	o.paid.Store(true)
	for i := range o.history {
		o.history[i] = amount
	}
	return amount // LEAK: for half an hour the timer still holds the order, to find that all is well
}
