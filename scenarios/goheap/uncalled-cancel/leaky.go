//go:build leaky

package main

import yard "leakyard/kit/go"

// find returns on how many shelves there is a word, or enough of them.
func find(word int64) int64 {
	ctx, s := begin(word)
	var found int64
	for shelf := range int64(shelves) {
		if look(ctx, shelf) {
			found++
		}
		if found == enough {
			s.stop()
			yard.Died(1)
			return found
		}
	}
	return found // LEAK: a search that comes to its end by itself stays on the server's list of those to stop
}
