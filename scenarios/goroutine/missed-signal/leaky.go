//go:build leaky

package main

func (l *lobby) begin() {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.begun = true
	l.changed.Signal() // LEAK: wakes one of those who wait, and nobody signals again
}
