// Shows football results, as they come, to whoever looks at the page.
package main

import (
	"sync/atomic"

	yard "leakyard/kit/go"
)

type score struct{ home, away int64 }

// A page is what one visitor sees.
type page struct{ updates atomic.Int64 }

func (p *page) show(score) { p.updates.Add(1) }

var (
	match = hub{subscribers: map[*subscription]bool{}}
	goals int64
)

// In a round two people look at the page, the second longer than the first, and
// there is a goal.
func round() int64 {
	goals++
	seen := visit(&match, func() {})
	seen += visit(&match, func() { match.publish(score{goals, goals / 2}) })
	return seen
}

func main() { yard.Main(round) }
