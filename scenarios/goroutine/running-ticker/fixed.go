//go:build !leaky

package main

import (
	"time"

	yard "leakyard/kit/go"
)

func reportProgress(u *upload) {
	defer yard.Died(1)
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			u.report()
		case <-u.ended: // FIX: the upload's end is an end of the loop
			return
		}
	}
}
