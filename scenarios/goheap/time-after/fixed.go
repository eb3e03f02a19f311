//go:build !leaky

package main

import (
	"time"

	yard "leakyard/kit/go"
)

// follow adds up readings until the stream ends.
func follow(readings <-chan int64) int64 {
	var total int64
	timeout := time.NewTimer(patience) // ALLOC
	yard.Track(objectOf(timeout.C))
	defer yard.Died(1)
	defer timeout.Stop() // FIX: one timer, set anew for each reading and stopped in the end
	for {
		timeout.Reset(patience)
		select {
		case reading, more := <-readings:
			if !more {
				return total
			}
			total += reading
		case <-timeout.C:
			alarm()
		}
	}
}
