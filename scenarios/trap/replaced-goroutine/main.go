// Keeps the journal of a harbour; each day has one of its own.
package main

import (
	"fmt"

	yard "leakyard/kit/go"
)

const shipsPerDay = 8

var (
	today *journal
	ship  int
)

// turnPage ends the journal of the day before, and returns how long it is.
func turnPage() int64 {
	var length int64
	if today != nil {
		length = today.close()
	}
	today = openJournal()
	return length
}

// A round is one ship that comes in.
func round() int64 {
	var yesterday int64
	if ship%shipsPerDay == 0 {
		yesterday = turnPage()
	}
	ship++
	today.entries <- fmt.Sprintf("ship %d at pier %d\n", ship, ship*5%7)
	return yesterday
}

func main() { yard.Main(round) }
