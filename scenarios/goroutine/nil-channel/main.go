// Signs people up and welcomes them by mail.
package main

import (
	"sync"

	yard "leakyard/kit/go"
)

type person struct {
	name     string
	portrait []byte
}

// join returns the number of the new member. The welcome shows the portrait, so it
// goes out when that is stored; nobody has to wait for it.
func (c *club) join(p person) int64 {
	number := c.enrol()
	stored := c.store(p.portrait)
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		<-stored
		c.welcome(p)
	}()
	return number
}

type club struct {
	lock    sync.Mutex
	members int64
	album   int64
	mail    string         // the last that went out
	writes  sync.WaitGroup // to the album
}

func (c *club) enrol() int64 {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.members++
	return c.members
}

func (c *club) keep(portrait []byte) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.album += int64(len(portrait))
}

func (c *club) welcome(p person) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.mail = "Welcome, " + p.name
}

var (
	chess      club
	applicants = []person{
		{"Judit", make([]byte, 900)},
		{"Bobby", nil},
		{"Vera", make([]byte, 1400)},
		{"Emanuel", nil},
		{"Nona", make([]byte, 700)},
	}
)

// A round enrols five people, and looks how thick the album is when all their
// portraits are in it.
func round() int64 {
	var numbers int64
	for _, p := range applicants {
		numbers += chess.join(p)
	}
	chess.writes.Wait()
	return numbers + chess.album
}

func main() { yard.Main(round) }
