//go:build leaky

package main

import (
	"time"

	yard "leakyard/kit/go"
)

func reportProgress(u *upload) {
	defer yard.Died(1)
	for range time.Tick(period) { // LEAK: the ticks never end, whatever becomes of the upload
		u.report()
	}
}
