//go:build !leaky

package main

// #include "receiver.h"
import "C"

// firstCall returns what is said first on either frequency.
func firstCall(receivers [2]*C.struct_receiver) int64 {
	messages := make(chan int64, len(receivers))
	for _, receiver := range receivers {
		listen(receiver, messages)
	}
	message := <-messages
	for _, receiver := range receivers {
		C.receiver_switch_off(receiver) // FIX: what waits in C is woken in C
	}
	<-messages
	for _, receiver := range receivers {
		C.receiver_close(receiver)
	}
	return message
}
