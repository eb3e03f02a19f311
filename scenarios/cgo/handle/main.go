// Says how hard the paragraphs of a schoolbook are to read.
package main

// #include "words.h"
import "C"

import (
	"runtime/cgo"

	yard "leakyard/kit/go"
)

var paragraphs = []string{
	"The cat sat on the mat and saw the rat.",
	"Rain fell, and the cat went home.",
	"Extraordinary circumstances notwithstanding, the committee adjourned.",
	"A dog is a dog.",
	"Photosynthesis transforms sunlight, water and carbon dioxide.",
}

// What a paragraph is made of.
type census struct {
	words, letters int64
	byLength       [30]int64
	byInitial      [256]int64
}

//export goWord
func goWord(context C.uintptr_t, length C.int, initial C.char) {
	c := cgo.Handle(context).Value().(*census)
	c.words++
	c.letters += int64(length)
	c.byLength[min(int(length), len(c.byLength)-1)]++
	c.byInitial[byte(initial)]++
}

func (c *census) difficulty() int64 {
	long := int64(0)
	for _, count := range c.byLength[8:] {
		long += count
	}
	return 10*c.letters/c.words + 100*long/c.words
}

// A round is one lesson.
func round() int64 {
	var total int64
	for _, text := range paragraphs {
		total += read(text).difficulty()
	}
	return total
}

func main() { yard.Main(round) }
