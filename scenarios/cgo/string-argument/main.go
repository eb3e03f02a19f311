// Counts where a primer binds to what a DNA sequencer reads.
package main

import yard "leakyard/kit/go"

const (
	readLength  = 1214
	readsInLane = 16
)

var dye uint32 = 1

// nextRead is what the sequencer sends.
func nextRead() string {
	bases := make([]byte, readLength)
	for i := range bases {
		dye = dye*1664525 + 1013904223
		bases[i] = "ACGT"[dye>>30]
	}
	return string(bases)
}

// A round is one lane of the sequencer.
func round() int64 {
	var sites int64
	for range readsInLane {
		sites += bindingSites(nextRead())
	}
	return sites
}

func main() { yard.Main(round) }
