// Keeps the settings of customers' heating.
package main

import (
	"maps"
	"sync/atomic"

	yard "leakyard/kit/go"
)

type display struct{ shown atomic.Int64 }

func (d *display) show(string, int64) { d.shown.Add(1) }

var hall, phone display

// apply lets the form go as soon as it was read: the rest happens behind its back.
func apply(form map[string]int64) {
	s := &store{values: map[string]int64{"day": 20, "night": 16, "window": 0}}
	s.watch(hall.show)
	s.watch(phone.show)
	read := make(chan struct{})
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		wanted := maps.Clone(form)
		close(read)
		s.set(wanted)
		s.close()
	}()
	<-read
}

// A round is two customers. The second one changes two settings.
func round() int64 {
	var degrees int64
	for _, form := range []map[string]int64{
		{"day": 21, "night": 16, "window": 0},
		{"day": 22, "night": 17, "window": 0},
	} {
		apply(form)
		degrees += form["day"] + form["night"]
	}
	return degrees
}

func main() { yard.Main(round) }
