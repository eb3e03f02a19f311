//go:build leaky

package main

import (
	"io"

	yard "leakyard/kit/go"
)

// preview returns the beginning of a discussion. The page is made while it is read.
func preview(first *comment, length int) string {
	read, write := io.Pipe()
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		write.CloseWithError(page.Execute(write, first))
	}()
	beginning := make([]byte, length)
	count, _ := io.ReadFull(read, beginning) // LEAK: of a longer page the rest is never read
	return string(beginning[:count])
}
