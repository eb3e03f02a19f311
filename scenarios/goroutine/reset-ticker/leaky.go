//go:build leaky

package main

import (
	"math"

	yard "leakyard/kit/go"
)

func reportProgress(u *upload) {
	defer yard.Died(1)
	for range u.ticker.C {
		u.report()
	}
}

// silence is for an upload that is over.
func silence(u *upload) {
	u.ticker.Reset(math.MaxInt64) // LEAK: it won't tick for 292 years, and for so long the reporter waits
}
