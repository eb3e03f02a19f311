// Takes uploads, and tells whoever asks how far each has come.
package main

import (
	"sync"
	"sync/atomic"

	yard "leakyard/kit/go"
)

const (
	parts     = 60
	partBytes = 1000
)

// How one upload is getting on; curve is what the page draws.
type progress struct {
	done  atomic.Int64
	curve [parts]int64
}

var uploads sync.Map // number of an upload → *progress

func begin(number int64) *progress {
	p := new(progress) // ALLOC
	yard.Track(p)
	uploads.Store(number, p)
	return p
}

// percent is what the page asks for while an upload runs.
func percent(number int64) int64 {
	p, running := uploads.Load(number)
	if !running {
		return 100
	}
	return p.(*progress).done.Load() * 100 / (parts * partBytes)
}

var lastUpload int64

func round() int64 {
	var seen int64
	for range 10 {
		lastUpload++
		seen += receive(lastUpload)
	}
	return seen
}

func main() { yard.Main(round) }
