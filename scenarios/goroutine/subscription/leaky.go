//go:build leaky

package main

// visit returns the goals that the visitor saw on coming.
func visit(h *hub, stay func()) int64 {
	var p page
	_, now := h.subscribe(p.show) // LEAK: the visitor goes, the subscription stays
	stay()
	return now.home + now.away
}
