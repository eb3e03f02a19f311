package yard

import (
	"errors"
	"io"
	"reflect"
	"runtime"
	"runtime/pprof"
	"sync"
	"sync/atomic"
	"time"
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
	const enough = 4 // for they may change places on the way
	for stocked := 0; stocked < enough; {
		if stockProcessors() {
			stocked++
		}
	}
}

// stockProcessors has a goroutine for each processor stock the one that it is on. Returns
// false if they may have been on one, in turn: it takes the scheduler much longer than
// the work does until it has another go on.
func stockProcessors() bool {
	const atOnce = time.Millisecond
	processors := int32(runtime.GOMAXPROCS(0))
	var begun, stocked atomic.Int32
	var late atomic.Bool
	var over sync.WaitGroup
	over.Add(int(processors))
	for range processors {
		go func() {
			defer over.Done()
			meet(&begun, processors)
			start := time.Now()
			stockProcessor()
			meet(&stocked, processors) // none is idle before, to take another's work
			if time.Since(start) > atOnce {
				late.Store(true)
			}
		}()
	}
	over.Wait()
	return !late.Load()
}

// stockProcessor takes a record for each of many cases to wait for, and leaves them
// where it wakes: on this processor, which runs next what it was just given.
func stockProcessor() {
	const records = 64 // the runtime keeps up to 128
	wake := make(chan struct{})
	cases := make([]reflect.SelectCase, records)
	for i := range cases {
		cases[i] = reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(wake)}
	}
	go close(wake)
	reflect.Select(cases)
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
