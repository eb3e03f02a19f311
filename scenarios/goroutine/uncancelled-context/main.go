// Draws the panels of a dashboard: numbers of the last hour, day, week.
package main

import (
	"context"
	"sync/atomic"

	yard "leakyard/kit/go"
)

// Queries that the database holds a cursor for.
var cursors atomic.Int64

type query struct{ hours int64 }

// open sends the query. It is closed when ctx ends, so that nobody has to think of it.
func open(ctx context.Context, hours int64) query {
	cursors.Add(1)
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		<-ctx.Done()
		cursors.Add(-1)
	}()
	return query{hours}
}

func (q query) sum() int64 {
	var total int64
	for hour := range q.hours {
		total += hour % 24 * (hour % 7)
	}
	return total
}

// A panel shows one query at a time.
type panel struct {
	cancel context.CancelFunc // of the query that is shown
}

func newPanel() *panel { return &panel{cancel: func() {}} }

func (p *panel) close() { p.cancel() }

// A round is one look at the dashboard.
func round() int64 {
	p := newPanel()
	defer p.close()
	return p.show(1) + p.show(24) + p.show(7*24)
}

func main() { yard.Main(round) }
