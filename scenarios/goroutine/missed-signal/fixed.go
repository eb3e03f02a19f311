//go:build !leaky

package main

func (l *lobby) begin() {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.begun = true
	l.changed.Broadcast() // FIX: all of them wait for the same thing, so wake all
}
