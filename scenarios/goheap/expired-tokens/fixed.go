//go:build !leaky

package main

import (
	"maps"

	yard "leakyard/kit/go"
)

var nextSweep int64

// issue makes a token. Its number is its bearer's.
func issue(number int64) {
	if clock >= nextSweep {
		nextSweep = clock + validity
		maps.DeleteFunc(tokens, expired) // FIX: what has expired leaves the map, now and then
	}
	tokens[number] = newToken(number)
}

func expired(_ int64, t *token) bool {
	if clock < t.expires {
		return false
	}
	yard.Died(1)
	return true
}
