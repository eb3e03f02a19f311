// A chat room, which is archived when its last member has left.
package main

import (
	"sync"

	yard "leakyard/kit/go"
)

type room struct {
	lock    sync.Mutex
	members map[string]bool
	lines   []string
	archive []string
}

func (r *room) say(line string) int64 {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.lines = append(r.lines, line)
	return int64(len(line))
}

// close puts what was said away. The owner of a room may do so at any time.
func (r *room) close() {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.archive = append(r.archive, r.lines...)
	r.lines = nil
}

// serve attends to one member: it says what it has to say, and leaves.
func (r *room) serve(member, line string, said chan<- int64) {
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		said <- r.say(line)
		r.leave(member)
	}()
}

// A round is one conversation. Returns how much was said.
func round() int64 {
	r := &room{members: map[string]bool{"Anna": true, "Bert": true}}
	said := make(chan int64, len(r.members))
	r.serve("Anna", "Are you there?", said)
	r.serve("Bert", "I was about to go.", said)
	return <-said + <-said
}

func main() { yard.Main(round) }
