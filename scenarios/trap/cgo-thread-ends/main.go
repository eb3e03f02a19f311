// Lays out a leaflet in three languages: how much room do the messages need?
package main

import yard "leakyard/kit/go"

const languages = 3

var leaflet int

// A round is one leaflet.
func round() int64 {
	leaflet++
	var longest int64
	for language := 1; language <= languages; language++ {
		longest = max(longest, translate(language, []int{leaflet, leaflet + 3, leaflet * 5}))
	}
	return longest
}

func main() { yard.Main(round) }
