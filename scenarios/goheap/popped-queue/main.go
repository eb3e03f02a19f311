// A print server: documents wait in a queue, and are printed in the order they came.
package main

import yard "leakyard/kit/go"

const (
	aDay   = 1 << 15 // documents, at the most
	aBatch = 8
)

type document struct {
	number int64
	page   [2048]byte
}

// Made for a whole day, so that it never has to be moved.
type queue struct{ waiting []*document }

var jobs = queue{make([]*document, 0, aDay)}

func (q *queue) push(d *document) { q.waiting = append(q.waiting, d) }

func (q *queue) empty() bool { return len(q.waiting) == 0 }

func receive(number int64) *document {
	d := &document{number: number} // ALLOC
	yard.Track(d)
	for i := range d.page {
		d.page[i] = byte(number + int64(i)%5)
	}
	return d
}

// print returns how much ink the page took.
func (d *document) print() int64 {
	var ink int64
	for _, grey := range d.page {
		ink += int64(grey)
	}
	return ink
}

var lastDocument int64

// A round is one batch: it comes, and is printed.
func round() int64 {
	for range aBatch {
		lastDocument++
		jobs.push(receive(lastDocument))
	}
	var ink int64
	for !jobs.empty() {
		ink += jobs.pop().print()
	}
	return ink
}

func main() { yard.Main(round) }
