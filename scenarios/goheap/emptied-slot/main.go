// Reminds people of appointments. What is due in the same second stands in the same
// slot of a wheel that turns once in a little more than an hour.
package main

import yard "leakyard/kit/go"

const (
	slots = 4096
	seats = 8 // in a slot, before it has to grow
)

type reminder struct {
	person int64
	text   [1024]byte
}

func (r *reminder) ring() int64 { return r.person + int64(r.text[len(r.text)-1]) }

type wheel struct {
	now  int
	slot [slots][]*reminder
}

func newWheel() *wheel {
	w := new(wheel)
	all := make([]*reminder, slots*seats)
	for i := range w.slot {
		w.slot[i] = all[i*seats : i*seats : (i+1)*seats]
	}
	return w
}

func (w *wheel) add(seconds int, person int64) {
	r := &reminder{person: person} // ALLOC
	yard.Track(r)
	for i := range r.text {
		r.text[i] = byte(person % 50)
	}
	slot := (w.now + seconds) % slots
	w.slot[slot] = append(w.slot[slot], r)
}

var (
	appointments = newWheel()
	lastPerson   int64
)

// A round is one second. Somebody is to be reminded in this one, and somebody in the next.
func round() int64 {
	for range 3 {
		lastPerson++
		appointments.add(0, lastPerson)
		appointments.add(1, -2*lastPerson)
	}
	return appointments.turn()
}

func main() { yard.Main(round) }
