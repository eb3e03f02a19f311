// Backs up snapshots: copies their chunks side by side, and lets go of a snapshot
// when all of its copies are over.
package main

import (
	"hash/crc32"
	"sync"

	yard "leakyard/kit/go"
)

type chunk struct {
	bytes    []byte
	checksum uint32
}

func (c chunk) intact() bool { return crc32.ChecksumIEEE(c.bytes) == c.checksum }

type snapshot struct {
	lock   sync.Mutex
	chunks []chunk
}

// release lets the writers of the volume have the chunks back.
func (s *snapshot) release() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.chunks = nil
}

// store copies a chunk to the other site. Returns its length there.
func store(c chunk) int64 {
	return int64(len(append([]byte(nil), c.bytes...)))
}

// backUp returns how many bytes were copied.
func backUp(s *snapshot) int64 {
	chunks := s.chunks
	copied := make(chan int64, len(chunks))
	var copies sync.WaitGroup
	copies.Add(len(chunks))
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		copies.Wait()
		s.release()
	}()

	for _, c := range chunks {
		go copyChunk(c, copied, &copies)
	}
	var total int64
	for range chunks {
		total += <-copied
	}
	return total
}

func newSnapshot(texts ...string) *snapshot {
	s := new(snapshot)
	for _, text := range texts {
		bytes := []byte(text)
		s.chunks = append(s.chunks, chunk{bytes, crc32.ChecksumIEEE(bytes)})
	}
	return s
}

// A round backs up two snapshots. A chunk of the second has gone bad on its disk.
func round() int64 {
	sound := newSnapshot("letters", "photos of the summer")
	worn := newSnapshot("tax", "recipes", "music")
	worn.chunks[1].bytes[3] ^= 0x10
	return backUp(sound) + backUp(worn)
}

func main() { yard.Main(round) }
