// Lodgers is the program whose goroutines goleak 1.3.0 found: lodgers.txt is what it
// prints, clean.txt what it prints if nobody moves in. Recorded with Go 1.26, in a
// module named lodgers:
//
//	go build -trimpath -o lodgers . && ./lodgers > lodgers.txt
//	./lodgers nobody > clean.txt
package main

import (
	"fmt"
	"os"
	"time"

	"go.uber.org/goleak"
)

type room[T any] struct{ door chan T }

//go:noinline
func (r *room[T]) wait() T { return <-r.door }

// Inlined into its callers.
func sleep() { time.Sleep(time.Hour) }

//go:noinline
func climb(stairs int) int {
	if stairs == 0 {
		select {}
	}
	return climb(stairs-1) + 1
}

func recovered() {
	recover()
	<-make(chan int)
}

func fall() {
	defer recovered()
	panic("downstairs")
}

func read(file *os.File) { file.Read(make([]byte, 1)) }

func moveIn() {
	for range 3 {
		go (&room[string]{make(chan string)}).wait()
		go func() { sleep() }()
	}
	go climb(2)
	go fall()
	out, _, _ := os.Pipe()
	go read(out)
}

func main() {
	before := goleak.IgnoreCurrent()
	if len(os.Args) == 1 {
		moveIn()
	}
	time.Sleep(10 * time.Millisecond)
	if unexpected := goleak.Find(before); unexpected != nil {
		fmt.Println(unexpected)
	} else {
		fmt.Println("no unexpected goroutines")
	}
}
