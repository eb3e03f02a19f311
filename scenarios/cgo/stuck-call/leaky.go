//go:build leaky

package main

// #include "receiver.h"
import "C"

// firstCall returns what is said first on either frequency.
func firstCall(receivers [2]*C.struct_receiver) int64 {
	messages := make(chan int64, len(receivers))
	for _, receiver := range receivers {
		listen(receiver, messages)
	}
	return <-messages // LEAK: the other goroutine listens on, in C, where no channel reaches it
}
