//go:build leaky

package main

// #include "receiver.h"
import "C"

// firstCall returns what is said first on either frequency.
func firstCall(receivers [2]*C.struct_receiver) int64 {
	calls := make(chan call, len(receivers))
	for _, receiver := range receivers {
		listen(receiver, calls)
	}
	first := <-calls
	C.receiver_close(first.receiver)
	return first.message // LEAK: the other goroutine listens on, in C, where no channel reaches it
}
