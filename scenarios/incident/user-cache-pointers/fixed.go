//go:build !leaky

package main

import yard "leakyard/kit/go"

func handle(user int64) int64 {
	defer yard.Died(1)
	return weightFor(user, chancesOf(user)) // FIX: sixty turns of a loop need no cache
}
