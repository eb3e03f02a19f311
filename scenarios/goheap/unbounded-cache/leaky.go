//go:build leaky

package main

import (
	"strconv"

	"github.com/patrickmn/go-cache"
)

var summaries = cache.New(cache.NoExpiration, 0)

func lookup(shop int64) *summary {
	key := strconv.FormatInt(shop, 10)
	if s, hit := summaries.Get(key); hit {
		return s.(*summary)
	}
	s := summarize(shop)
	summaries.Set(key, s, cache.NoExpiration) // LEAK: shops hardly ever come back, and nothing ever leaves
	return s
}
