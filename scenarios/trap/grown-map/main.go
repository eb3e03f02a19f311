// A chat server. On the day of a festival half of the town comes, and leaves again.
package main

import (
	"strconv"

	yard "leakyard/kit/go"
)

const (
	regulars  = 4
	festival  = 30 // there is one every so many days
	townsfolk = 20000
)

type name [64]byte

func nameOf(number int64) (n name) {
	strconv.AppendInt(n[:0], number, 10)
	return n
}

func guests(day int64) int64 {
	if day%festival == 0 {
		return townsfolk
	}
	return regulars
}

var day, lastGuest int64

// A round is a day: guests come, talk to each other, and leave.
func round() int64 {
	day++
	first := lastGuest + 1
	for range guests(day) {
		lastGuest++
		enter(nameOf(lastGuest))
	}
	var heard int64
	for number := first; number <= lastGuest; number++ {
		heard += talk(nameOf(number))
	}
	for number := first; number <= lastGuest; number++ {
		leave(nameOf(number))
	}
	return heard
}

func main() { yard.Main(round) }
