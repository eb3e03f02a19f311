// Guests is the program whose goroutines delve 1.27.2 listed: guests.txt, and cut.txt
// with stacks of at most three frames. Recorded with Go 1.26, in a module named guests:
//
//	go build -trimpath -o guests . && ./guests &
//	echo 'goroutines -with user -t 1000' > list
//	echo n | TERM=dumb dlv attach $! --init list --allow-non-terminal-interactive=true > guests.txt
package main

import "time"

type room[T any] struct{ door chan T }

//go:noinline
func (r *room[T]) wait() T { return <-r.door }

// Inlined into its callers.
func sleep() { time.Sleep(time.Hour) }

func main() {
	for range 3 {
		go (&room[string]{make(chan string)}).wait()
	}
	for range 2 {
		go func() { sleep() }()
	}
	time.Sleep(time.Minute)
}
