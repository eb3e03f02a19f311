// Backs up a volume, block by block, and keeps a catalogue of checksums by which a
// later run tells what has changed.
package main

import (
	"crypto/sha256"

	yard "leakyard/kit/go"
)

const (
	dataBytes  = 40 << 10
	blockBytes = dataBytes + sha256.Size
)

var catalogue []record

// read gets a block of the volume: its data, and behind it the checksum.
func read(number int64) []byte {
	block := make([]byte, blockBytes) // ALLOC
	yard.Track(&block[0])
	data := block[:dataBytes]
	for i := range data {
		data[i] = byte(number*7 + int64(i)>>8)
	}
	sum := sha256.Sum256(data)
	copy(block[dataBytes:], sum[:])
	return block
}

// spread adds up the first byte of every checksum in the catalogue.
func spread() int64 {
	var total int64
	for i := range catalogue {
		total += int64(catalogue[i].checksum[0])
	}
	return total
}

var lastBlock int64

// A round backs up one file of four blocks.
func round() int64 {
	for range 4 {
		lastBlock++
		enter(lastBlock, read(lastBlock))
	}
	return spread()
}

func main() { yard.Main(round) }
