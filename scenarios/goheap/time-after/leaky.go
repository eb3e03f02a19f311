//go:build leaky

package main

import (
	"time"

	yard "leakyard/kit/go"
)

// follow adds up readings until the stream ends.
func follow(readings <-chan int64) int64 {
	var total int64
	for {
		timeout := time.After(patience) // ALLOC
		yard.Track(objectOf(timeout))
		select {
		case reading, more := <-readings:
			if !more {
				return total
			}
			total += reading // LEAK: the hour that began with this reading goes on, and so does its timer
		case <-timeout:
			alarm()
		}
	}
}
