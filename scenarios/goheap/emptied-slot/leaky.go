//go:build leaky

package main

// turn rings what is due in this second, and goes on to the next.
func (w *wheel) turn() int64 {
	due := w.slot[w.now]
	var rung int64
	for _, r := range due {
		rung += r.ring()
	}
	w.slot[w.now] = due[:0] // LEAK: the slot is empty, its array still points to what was in it
	w.now = (w.now + 1) % slots
	return rung
}
