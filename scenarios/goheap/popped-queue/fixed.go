//go:build !leaky

package main

import yard "leakyard/kit/go"

// pop takes out the first document. The queue must not be empty.
func (q *queue) pop() *document {
	defer yard.Died(1)
	first := q.waiting[0]
	q.waiting[0] = nil // FIX: nothing is left in the place that the slice moves away from
	q.waiting = q.waiting[1:]
	return first
}
