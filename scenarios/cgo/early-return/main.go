// Packs the tracks of a seismograph before they go to the archive.
package main

import yard "leakyard/kit/go"

const (
	trackLength = 4096
	worthwhile  = 3001 // what packs to more is archived as it is
)

var (
	track  [trackLength]byte // of the station that is on
	minute int
)

// record fills the track: the higher the shaking, the shorter its runs of equal bytes.
func record(shaking int) {
	for i := range track {
		track[i] = byte((i + minute) * shaking / 64)
	}
}

// A round is one minute of all stations. Five of them stand at a motorway.
func round() int64 {
	minute++
	var archived int64
	for _, shaking := range []int{1, 90, 4, 120, 2, 75, 8, 66, 3, 99} {
		record(shaking)
		archived += int64(len(pack(track[:])))
	}
	return archived
}

func main() { yard.Main(round) }
