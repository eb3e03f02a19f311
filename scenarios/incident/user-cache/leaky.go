//go:build leaky

package main

import (
	"strconv"

	"github.com/patrickmn/go-cache"
)

var caches = cache.New(cache.NoExpiration, 0)

func cached(user int64) *userCache {
	key := strconv.FormatInt(user, 10)
	if c, hit := caches.Get(key); hit {
		return c.(*userCache)
	}
	c := chancesOf(user)
	caches.SetDefault(key, c) // LEAK: a million users may come, each hardly ever twice, and none leaves
	return c
}
