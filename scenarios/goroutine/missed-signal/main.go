// Lets the players of a quiz wait in a lobby until all have come and it begins.
package main

import (
	"sync"

	yard "leakyard/kit/go"
)

const players = 4

type lobby struct {
	lock    sync.Mutex
	changed *sync.Cond
	begun   bool
	seated  chan int64
}

func newLobby() *lobby {
	l := &lobby{seated: make(chan int64)}
	l.changed = sync.NewCond(&l.lock)
	return l
}

// play takes a seat, then waits for the first question. Who is seated is already
// waiting as far as others can tell, for it holds the lock until it does.
func (l *lobby) play(seat int64) {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.seated <- seat
	for !l.begun {
		l.changed.Wait()
	}
}

func (l *lobby) join(seat int64) {
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		l.play(seat)
	}()
}

// A round is one quiz. The seats are worth their numbers.
func round() int64 {
	l := newLobby()
	var total int64
	for seat := range int64(players) {
		l.join(seat + 1)
		total += <-l.seated
	}
	l.begin()
	return total
}

func main() { yard.Main(round) }
