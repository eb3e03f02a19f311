//go:build !leaky

package main

import (
	lru "github.com/hashicorp/golang-lru/v2"

	yard "leakyard/kit/go"
)

// The page that is looked at.
var summaries, _ = lru.New[int64, *summary](pageLength)

func lookup(shop int64) *summary {
	if s, hit := summaries.Get(shop); hit {
		return s
	}
	s := summarize(shop)
	if evicted := summaries.Add(shop, s); evicted { // FIX: what was not asked for longest makes room
		yard.Died(1)
	}
	return s
}
