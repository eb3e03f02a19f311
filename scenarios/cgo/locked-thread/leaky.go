//go:build leaky

package main

func (w *window) close() {
	// LEAK: the window goes, and its painter waits for curves, on a thread of its own
}
