//go:build !leaky

package main

import (
	lru "github.com/hashicorp/golang-lru/v2"

	yard "leakyard/kit/go"
)

const cachedShops = 64

var summaries, _ = lru.NewWithEvict(cachedShops, func(string, *summary) { yard.Died(1) })

func lookup(shop int64) *summary {
	key := cacheKey(shop)
	if s, hit := summaries.Get(key); hit {
		return s
	}
	s := summarize(shop)
	summaries.Add(key, s) // FIX: what was not asked for longest makes room
	return s
}
