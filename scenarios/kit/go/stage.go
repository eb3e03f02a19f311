package yard

import (
	"os"
	"strings"
)

// Stage tells whether this stage of the work is in. Every one is that YARD_WITHOUT in
// the environment does not name ("queue,check"). A stage that is out passes on undone
// what it was given.
func Stage(name string) bool {
	for without := os.Getenv("YARD_WITHOUT"); without != ""; {
		var word string
		word, without, _ = strings.Cut(without, ",")
		if word == name {
			return false
		}
	}
	return true
}
