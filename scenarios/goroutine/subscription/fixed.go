//go:build !leaky

package main

// visit returns the goals that the visitor saw on coming.
func visit(h *hub, stay func()) int64 {
	var p page
	s, now := h.subscribe(p.show)
	defer s.close() // FIX: who subscribes gives notice
	stay()
	return now.home + now.away
}
