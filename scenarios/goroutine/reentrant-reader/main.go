// Announces the trains of a station, while its timetable is being edited.
package main

import (
	"runtime"
	"sync"
	"sync/atomic"

	yard "leakyard/kit/go"
)

type train struct {
	number, minute int64
	platform       int64
}

type timetable struct {
	lock   sync.RWMutex
	trains []train
	spoken atomic.Int64 // by the loudspeakers
}

func (t *timetable) platform(number int64) int64 {
	t.lock.RLock()
	defer t.lock.RUnlock()
	for _, train := range t.trains {
		if train.number == number {
			return train.platform
		}
	}
	return 0
}

func (t *timetable) move(number, platform int64) {
	t.lock.Lock()
	defer t.lock.Unlock()
	for i := range t.trains {
		if t.trains[i].number == number {
			t.trains[i].platform = platform
		}
	}
}

// gong sounds before an announcement. It is so long that an editor has come before
// it ends, and stands in line for the timetable: no other reader gets in.
func (t *timetable) gong(begun chan<- int64) {
	begun <- int64(len(t.trains))
	for t.lock.TryRLock() {
		t.lock.RUnlock()
		runtime.Gosched()
	}
}

// inBackground starts one of those who use the timetable.
func inBackground(task func()) {
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		task()
	}()
}

// A round is one announcement and one edit. Returns how many trains are announced.
func round() int64 {
	t := &timetable{trains: []train{{number: 71, minute: 4, platform: 2}, {number: 9, minute: 11, platform: 5}}}
	begun := make(chan int64)
	inBackground(func() { t.announce(begun) })
	announced := <-begun
	inBackground(func() { t.move(9, 6) })
	return announced
}

func main() { yard.Main(round) }
