//go:build !leaky

package main

import yard "leakyard/kit/go"

// turn rings what is due in this second, and goes on to the next.
func (w *wheel) turn() int64 {
	due := w.slot[w.now]
	var rung int64
	for _, r := range due {
		rung += r.ring()
	}
	yard.Died(int64(len(due)))
	clear(due) // FIX: first the pointers go, then the length
	w.slot[w.now] = due[:0]
	w.now = (w.now + 1) % slots
	return rung
}
