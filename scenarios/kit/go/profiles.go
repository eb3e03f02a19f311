package yard

import (
	"errors"
	"io"
	"runtime"
	"runtime/pprof"
	"sync"
	"sync/atomic"
)

// Profiles are written as gzipped protobuf (profile.proto).

// The first profile allocates tables that would show up in the second.
var warmUpHeapProfile = sync.OnceValue(func() error {
	stockWaitRecords()
	return pprof.Lookup("heap").WriteTo(io.Discard, 0)
})

// stockWaitRecords has the runtime make, and keep for each processor, the records
// (sudog, 112 bytes) by which goroutines wait for each other. It would make some
// later: an allocation that happens to begin or end a collection waits for others, and
// the profile, which shows no frames of the runtime, charges the record to the
// scenario's line.
func stockWaitRecords() {
	const each = 64
	processors := int32(runtime.GOMAXPROCS(0))
	for range 4 { // for they may change places while they yield
		var begun, stocked atomic.Int32
		var over sync.WaitGroup
		over.Add(int(processors))
		for range processors {
			go func() {
				defer over.Done()
				meet(&begun, processors) // all at once: each has a processor of its own
				wake := make(chan struct{})
				for range each {
					go func() { <-wake }()
				}
				runtime.Gosched() // now they wait
				close(wake)
				runtime.Gosched() // and have left their records here
				meet(&stocked, processors)
			}()
		}
		over.Wait()
	}
}

// meet returns when so many have come. It keeps its processor, on purpose.
func meet(come *atomic.Int32, all int32) {
	for come.Add(1); come.Load() < all; {
	}
}

func heapProfile(to io.Writer) error {
	if err := warmUpHeapProfile(); err != nil {
		return err
	}
	collect()
	return pprof.Lookup("heap").WriteTo(to, 0)
}

func goroutineProfile(to io.Writer) error {
	return pprof.Lookup("goroutine").WriteTo(to, 0)
}

func goroutineLeakProfile(to io.Writer) error {
	profile := pprof.Lookup("goroutineleak")
	if profile == nil {
		return errors.New("this program's runtime has no goroutineleak profile " +
			"(Go 1.26 has one when built with GOEXPERIMENT=goroutineleakprofile)")
	}
	return profile.WriteTo(to, 0)
}
