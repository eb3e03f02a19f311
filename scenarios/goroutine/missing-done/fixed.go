//go:build !leaky

package main

import "sync"

func copyChunk(c chunk, copied chan<- int64, copies *sync.WaitGroup) {
	defer copies.Done() // FIX: on every way out
	if !c.intact() {
		copied <- 0
		return
	}
	copied <- store(c)
}
