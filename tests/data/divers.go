// Divers is the program whose goroutine profile is recorded in goroutine-deep.pb.gz: one
// goroutine waits under 100 calls, one under 200. Recorded with Go 1.26:
//
//	go build -trimpath -o divers . && ./divers | gunzip | gzip -9n
package main

import (
	"os"
	"runtime/pprof"
)

func dive(depth int, down chan<- int, up <-chan int) {
	if depth > 1 {
		dive(depth-1, down, up)
	}
	if depth == 1 {
		down <- depth
		<-up
	}
}

func main() {
	down, up := make(chan int), make(chan int)
	for _, depth := range []int{100, 200} {
		go dive(depth, down, up)
		<-down
	}
	if err := pprof.Lookup("goroutine").WriteTo(os.Stdout, 0); err != nil {
		panic(err)
	}
}
