// Checks spelling in a few languages.
package main

import yard "leakyard/kit/go"

const languages = 24

var lastText int

// A round checks one text; they come in all languages in turn.
func round() int64 {
	lastText++
	var known int64
	for word := range uint(100) {
		if knows(lastText%languages, word*uint(lastText)) {
			known++
		}
	}
	return known
}

func main() { yard.Main(round) }
