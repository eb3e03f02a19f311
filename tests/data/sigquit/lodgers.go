// Lodgers is the program whose traceback is lodgers.txt: what it prints when SIGQUIT
// ends it. Recorded with Go 1.26, in a module named lodgers:
//
//	go build -trimpath -o lodgers . && ./lodgers 2> lodgers.txt
package main

import (
	"os"
	"syscall"
	"time"
)

type room[T any] struct{ door chan T }

//go:noinline
func (r *room[T]) wait() T { return <-r.door }

// Inlined into its callers.
func sleep() { time.Sleep(time.Hour) }

// Deeper than what the runtime prints of a stack.
//
//go:noinline
func climb(stairs int) int {
	if stairs == 0 {
		select {}
	}
	return climb(stairs-1) + 1
}

func main() {
	os.Stderr.WriteString("three wait, two sleep, one climbs\n")
	for range 3 {
		go (&room[string]{make(chan string)}).wait()
	}
	for range 2 {
		go func() { sleep() }()
	}
	go climb(200)
	time.Sleep(50 * time.Millisecond)
	syscall.Kill(os.Getpid(), syscall.SIGQUIT)
	select {}
}
