//go:build leaky

package main

import (
	"time"

	yard "leakyard/kit/go"
)

func (d *document) saveLater() *time.Timer {
	timer := time.NewTimer(quiet)
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		<-timer.C // LEAK: who stops the timer keeps this from coming, and closes nothing
		d.save()
	}()
	return timer
}
