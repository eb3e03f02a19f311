package main

import yard "leakyard/kit/go"

type session struct{ said, last int64 }

var present = map[name]*session{}

func enter(n name) {
	s := &session{} // ALLOC
	yard.Track(s)
	present[n] = s
}

// talk returns how many can hear it.
func talk(n name) int64 {
	s := present[n]
	s.said++
	s.last = day
	return int64(len(present))
}

func leave(n name) {
	delete(present, n)
	yard.Died(1)
}
