// Saves files to tape.
package main

// #include "tape.h"
import "C"

import (
	"runtime"

	yard "leakyard/kit/go"
)

const blocksInFile = 4

type block [4096]byte

// The drive, and what must not be moved or collected while C has it.
type drive struct{ pinner runtime.Pinner }

var (
	tape     drive
	lastFile int
)

// readBlock returns a part of a file.
func readBlock(file, number int) *block {
	b := new(block) // ALLOC
	yard.Track(b)
	for i := range b {
		b[i] = byte(i*file + number)
	}
	return b
}

// A round saves one file.
func round() int64 {
	lastFile++
	var blocks [blocksInFile]*block
	for i := range blocks {
		blocks[i] = readBlock(lastFile, i)
	}
	return tape.save(blocks[:])
}

func main() { yard.Main(round) }
