// Searches the shelves of a library for a word.
package main

import (
	"context"

	yard "leakyard/kit/go"
)

// Ends when the server is shut down, and with it all searches that still run.
var server, shutDown = context.WithCancel(context.Background())

type search struct {
	word   int64
	stop   context.CancelFunc
	looked *[128]int64 // how often, at which shelf; for the log
}

type searchKey struct{}

// begin makes a search, and the context that whoever takes part in it is given.
func begin(word int64) (context.Context, *search) {
	s := &search{word: word, looked: new([128]int64)} // ALLOC
	// It lives as long as the search, to which its own context leads back: a census
	// before Go 1.24 sets finalizers, and that would keep a cycle.
	yard.Track(s.looked)
	ctx := context.WithValue(server, searchKey{}, s)
	ctx, s.stop = context.WithCancel(ctx)
	return ctx, s
}

// look tells whether the word is on a shelf. It is not looked for after a stop.
func look(ctx context.Context, shelf int64) bool {
	if ctx.Err() != nil {
		return false
	}
	s := ctx.Value(searchKey{}).(*search)
	s.looked[shelf]++
	return (s.word*31+shelf)%9 == 0
}

const (
	words   = 8
	shelves = 40
	enough  = 5 // more is not shown on one page
)

var searches int64

// A round looks for each word once. Four of them are on five shelves, four on four.
func round() int64 {
	var found int64
	for range words {
		searches++
		found += find(searches % words)
	}
	return found
}

func main() {
	yard.Stop = shutDown
	yard.Main(round)
}
