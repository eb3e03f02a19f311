//go:build !leaky

package main

import (
	"time"

	yard "leakyard/kit/go"
)

func (d *document) saveLater() *time.Timer {
	return time.AfterFunc(quiet, func() { // FIX: no goroutine is there before the time has come
		yard.Born(1) // ALLOC
		defer yard.Died(1)
		d.save()
	})
}
