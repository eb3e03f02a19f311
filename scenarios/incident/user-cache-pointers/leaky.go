//go:build leaky

package main

import (
	"strconv"

	"github.com/patrickmn/go-cache"
)

var caches = cache.New(cache.NoExpiration, 0)

func handle(user int64) int64 {
	key := strconv.FormatInt(user, 10)
	if c, hit := caches.Get(key); hit {
		return weightFor(user, c.(*userCache))
	}
	c := chancesOf(user)
	caches.SetDefault(key, c) // LEAK: a quarter of the size, and for ever all the same
	return weightFor(user, c)
}
