// Parcels is the program whose profiles are recorded here: it did one round, wrote
// *-base.pb.gz, did ten more and wrote *-last.pb.gz. Recorded with Go 1.26:
//
//	go build -trimpath -o parcels . && GODEBUG=memprofilerate=1 ./parcels DIR
//	GOEXPERIMENT=goroutineleakprofile go build -trimpath -o parcels . && ./parcels DIR
//
// then packed again by gzip -9n, with the program's path made /usr/bin/parcels.
package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
)

type parcel struct {
	label [4]uint64
	cargo []byte
}

var (
	shelf []*parcel
	known []chan int
)

// Inlined into pack.
func wrap(size int) *parcel {
	cargo := make([]byte, size)
	return &parcel{cargo: cargo}
}

//go:noinline
func pack(size int) {
	shelf = append(shelf, wrap(size))
}

//go:noinline
func wait(orders chan int) {
	<-orders
}

// Each round keeps 20 parcels, 10 of either size, and leaves 13 goroutines
// waiting, of which 3 on channels that are still known.
func round() {
	for range 10 {
		for _, size := range []int{100, 1337} {
			pack(size)
		}
		go wait(make(chan int))
	}
	for range 3 {
		orders := make(chan int)
		known = append(known, orders)
		go wait(orders)
	}
}

// Labels make one stack several samples.
func labelledRound(name string) {
	pprof.Do(context.Background(), pprof.Labels("round", name), func(context.Context) { round() })
}

func write(agent, when string) {
	profile := pprof.Lookup(agent)
	if profile == nil {
		return
	}
	file, err := os.Create(filepath.Join(os.Args[1], agent+"-"+when+".pb.gz"))
	if err != nil {
		panic(err)
	}
	if err := profile.WriteTo(file, 0); err != nil {
		panic(err)
	}
	file.Close()
}

func dump(when string) {
	for range 100 {
		runtime.Gosched()
	}
	runtime.GC()
	runtime.GC()
	for _, agent := range []string{"heap", "goroutine", "goroutineleak"} {
		write(agent, when)
	}
}

func main() {
	runtime.GOMAXPROCS(1)
	labelledRound("warm-up")
	pprof.Lookup("heap").WriteTo(io.Discard, 0)
	dump("base")
	for range 5 {
		labelledRound("early")
	}
	for range 5 {
		labelledRound("late")
	}
	dump("last")
	runtime.KeepAlive(shelf)
}
