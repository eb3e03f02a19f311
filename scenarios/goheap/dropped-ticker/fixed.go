//go:build !leaky

package main

import (
	"time"

	yard "leakyard/kit/go"
)

func fetch(query int64) int64 {
	reminder := time.NewTicker(patience) // ALLOC
	yard.Track(reminder)
	defer yard.Died(1)
	defer reminder.Stop() // FIX: who makes a ticker stops it
	answer := ask(query)
	for {
		select {
		case total := <-answer:
			return total
		case <-reminder.C:
			grumble(query)
		}
	}
}
