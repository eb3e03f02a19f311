// Suggests places while somebody types the name of one.
package main

import (
	"context"
	"strings"
	"sync"
	"time"

	yard "leakyard/kit/go"
)

const (
	batchSize = 3
	nextKey   = 2 * time.Millisecond // a quick typist
)

// A gazetteer looks places up in batches: the first query waits for two more.
type gazetteer struct {
	lock    sync.Mutex
	places  []string
	pending int
	full    chan struct{}
}

func (g *gazetteer) join() <-chan struct{} {
	g.lock.Lock()
	defer g.lock.Unlock()
	full := g.full
	g.pending++
	if g.pending == batchSize {
		close(g.full)
		g.full, g.pending = make(chan struct{}), 0
	}
	return full
}

func (g *gazetteer) find(typed string) []string {
	<-g.join()
	var found []string
	for _, place := range g.places {
		if strings.Contains(place, typed) {
			found = append(found, place)
		}
	}
	return found
}

var world = gazetteer{
	places: []string{"Lima", "Limassol", "Limerick", "Lille", "Lisbon"},
	full:   make(chan struct{}),
}

// A round is somebody who types three letters. What the first two bring is of no
// use any more when the next one is typed.
func round() int64 {
	ctx := context.Background()
	for _, typed := range []string{"L", "Li"} {
		hurried, cancel := context.WithTimeout(ctx, nextKey)
		suggest(hurried, typed)
		cancel()
	}
	places, _ := suggest(ctx, "Lim")
	return int64(len(strings.Join(places, " ")))
}

func main() { yard.Main(round) }
