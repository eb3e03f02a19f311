//go:build leaky

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
	case <-time.After(patience): // LEAK: the passenger may be gone by now, and this takes an hour
		r.driver <- 0
	}
}
