//go:build !leaky

package main

import (
	"github.com/patrickmn/go-cache"

	yard "leakyard/kit/go"
)

var valuations = cache.New(validity, 0)

func init() { valuations.OnEvicted(func(string, any) { yard.Died(1) }) }

func worthAt(price int64) int64 {
	if v, valid := valuations.Get(keyOf(price)); valid {
		return v.(*valuation).worth
	}
	v := valueAt(price)
	valuations.SetDefault(keyOf(price), v)
	return v.worth
}

func closeAuction() {
	valuations.DeleteExpired() // FIX: without an interval, it is ours to say when
}
