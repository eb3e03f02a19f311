//go:build leaky

package main

import (
	"time"

	yard "leakyard/kit/go"
)

func fetch(query int64) int64 {
	reminder := time.NewTicker(patience) // ALLOC
	yard.Track(reminder)
	answer := ask(query)
	for {
		select {
		case total := <-answer:
			return total // LEAK: the ticker is not stopped, so the runtime's timer heap keeps it
		case <-reminder.C:
			grumble(query)
		}
	}
}
