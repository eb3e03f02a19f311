// A planetarium: shows the stars over any place, at any hour.
package main

import (
	"bytes"

	yard "leakyard/kit/go"
)

const width, height = 160, 120

// The skies that were shown last; many ask to see one of them again.
var (
	shown   [9]*sky
	visitor int
)

func over(place int) *sky {
	slot := &shown[place%len(shown)]
	if *slot == nil || (*slot).place != place {
		*slot = newSky(place)
	}
	return *slot
}

// A round is one visitor, who sees two places, and then once more the last one that
// the visitor before saw. Returns how many stars that were.
func round() int64 {
	visitor++
	var stars int
	for _, place := range []int{2 * visitor, 2*visitor + 1, 2*visitor - 1} {
		picture := over(place).draw(visitor % 24)
		stars += bytes.Count(picture, []byte{255})
	}
	return int64(stars)
}

func main() { yard.Main(round) }
