//go:build !leaky

package main

import yard "leakyard/kit/go"

// find returns on how many shelves there is a word, or enough of them.
func find(word int64) int64 {
	ctx, s := begin(word)
	defer yard.Died(1)
	defer s.stop() // FIX: however it ends, the context is told
	var found int64
	for shelf := range int64(shelves) {
		if look(ctx, shelf) {
			found++
		}
		if found == enough {
			return found
		}
	}
	return found
}
