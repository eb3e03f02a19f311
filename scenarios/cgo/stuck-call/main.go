// A mountain rescue listens on two frequencies, for whoever calls first.
package main

// #include "receiver.h"
import "C"

import yard "leakyard/kit/go"

// What was said, and who heard it.
type call struct {
	receiver *C.struct_receiver
	message  int64
}

var rounds int64

func open() *C.struct_receiver {
	receiver := C.receiver_open()
	if receiver == nil {
		panic("out of memory")
	}
	return receiver
}

// listen waits, in a goroutine of its own, for what somebody says.
func listen(receiver *C.struct_receiver, calls chan<- call) {
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		calls <- call{receiver, int64(C.receiver_listen(receiver))}
	}()
}

// A round is one call, on either frequency in turn.
func round() int64 {
	rounds++
	receivers := [2]*C.struct_receiver{open(), open()}
	C.receiver_hear(receivers[rounds%2], C.long(rounds*37%1000))
	return firstCall(receivers)
}

func main() { yard.Main(round) }
