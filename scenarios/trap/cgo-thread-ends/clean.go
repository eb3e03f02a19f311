package main

// #include "language.h"
import "C"

import (
	"runtime"

	yard "leakyard/kit/go"
)

// translate returns how long the messages are, all in all, in a language.
func translate(language int, messages []int) int64 {
	length := make(chan int64)
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		// And never unlocked: with this language the thread is of no use to others.
		runtime.LockOSThread()
		if C.language_choose(C.int(language)) != 0 {
			panic("this thread speaks another language")
		}
		var total int64
		for _, message := range messages {
			total += int64(C.language_length(C.int(message)))
		}
		length <- total
	}()
	return <-length
}
