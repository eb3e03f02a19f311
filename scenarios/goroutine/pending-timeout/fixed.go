//go:build !leaky

package main

import (
	"time"

	yard "leakyard/kit/go"
)

func dispatch(r *ride) {
	defer yard.Died(1)
	select {
	case driver := <-r.accepted:
		r.driver <- driver
	case <-r.cancelled: // FIX: this is the third way for a ride to end
		r.driver <- 0
	case <-time.After(patience):
		r.driver <- 0
	}
}
