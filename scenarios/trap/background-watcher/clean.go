package main

import (
	"context"
	"sync"

	yard "leakyard/kit/go"
)

type office struct {
	number  int64
	lock    sync.Mutex
	shelves [7]int64 // how many letters are on each
	closed  bool
}

// openOffice opens an office, until the context ends.
func openOffice(ctx context.Context, number int64) *office {
	o := &office{number: number}
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		<-ctx.Done()
		o.close()
	}()
	return o
}

func (o *office) close() {
	o.lock.Lock()
	defer o.lock.Unlock()
	o.closed = true
}

func (o *office) file(letter int64) int64 {
	o.lock.Lock()
	defer o.lock.Unlock()
	if o.closed {
		return 0
	}
	shelf := (letter * o.number) % int64(len(o.shelves))
	o.shelves[shelf]++
	return shelf + 1
}
