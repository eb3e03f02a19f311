// Lodgers is the test whose panic is lodgers.txt: what its program prints on standard
// error. Recorded with Go 1.26, in a module named lodgers:
//
//	go test -c -trimpath -o lodgers . && ./lodgers 2> lodgers.txt
package lodgers

import (
	"os"
	"testing"
	"testing/synctest"
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

func TestLodgers(t *testing.T) {
	go (&room[string]{make(chan string)}).wait() // next door
	synctest.Test(t, func(*testing.T) {
		os.Stderr.WriteString("three wait, two sleep, one climbs, one leaves\n")
		for range 3 {
			go (&room[string]{make(chan string)}).wait()
		}
		for range 2 {
			go func() { sleep() }()
		}
		go climb(200)
		go func() {}()
		synctest.Wait()
	})
}
