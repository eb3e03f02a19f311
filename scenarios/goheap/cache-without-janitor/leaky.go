//go:build leaky

package main

import "github.com/patrickmn/go-cache"

var valuations = cache.New(validity, 0)

func worthAt(price int64) int64 {
	if v, valid := valuations.Get(keyOf(price)); valid {
		return v.(*valuation).worth
	}
	v := valueAt(price)
	valuations.SetDefault(keyOf(price), v) // LEAK: with an interval of 0 nobody ever takes out what has expired
	return v.worth
}

func closeAuction() {}
