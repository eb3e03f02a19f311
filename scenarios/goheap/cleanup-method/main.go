//go:build go1.24

// Reads tapes. A reader occupies one of the drives until nobody has the reader any more.
package main

import (
	"sync/atomic"

	yard "leakyard/kit/go"
)

type drive struct {
	rewound atomic.Int64
}

func (d *drive) rewind() { d.rewound.Add(1) }

type reader struct {
	drive  *drive
	buffer []byte
}

func (r *reader) rewind() { r.drive.rewind() }

// read returns the sum of what is on the tape.
func (r *reader) read(tape int64) int64 {
	r.buffer = make([]byte, 4000)
	var sum int64
	for i := range r.buffer {
		r.buffer[i] = byte(tape + int64(i))
		sum += int64(r.buffer[i])
	}
	return sum
}

var (
	drives   [4]drive
	lastTape int64
)

// A round reads one tape in each drive.
func round() int64 {
	var sum int64
	for i := range drives {
		lastTape++
		sum += newReader(&drives[i]).read(lastTape)
	}
	return sum
}

func main() { yard.Main(round) }
