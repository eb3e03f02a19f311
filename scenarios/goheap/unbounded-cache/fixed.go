//go:build !leaky

package main

import (
	lru "github.com/hashicorp/golang-lru/v2"

	yard "leakyard/kit/go"
)

const cachedShops = 24

var summaries, _ = lru.NewWithEvict(cachedShops, func(int64, *summary) { yard.Died(1) })

func lookup(shop int64) *summary {
	if s, hit := summaries.Get(shop); hit {
		return s
	}
	s := summarize(shop)
	summaries.Add(shop, s) // FIX: what was not asked for longest makes room
	return s
}
