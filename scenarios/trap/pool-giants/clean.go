package main

import (
	"sync"

	yard "leakyard/kit/go"
)

type buffer struct{ text []byte }

func (b *buffer) fill(length int, character byte) {
	for range length {
		b.text = append(b.text, character)
	}
}

// What was used once is used again, at the size that it grew to.
var buffers = sync.Pool{New: func() any {
	b := new(buffer) // ALLOC
	yard.Track(b)
	return b
}}

func getBuffer() *buffer { return buffers.Get().(*buffer) }

func putBuffer(b *buffer) {
	b.text = b.text[:0]
	buffers.Put(b)
}
