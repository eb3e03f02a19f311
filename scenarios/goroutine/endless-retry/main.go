// Tells the subscribers of a shop by web hook what was sold.
package main

import (
	"errors"
	"fmt"
	"time"

	yard "leakyard/kit/go"
)

const pause = 15 * time.Minute

var (
	errBusy = errors.New("the receiver is busy")
	errGone = errors.New("the receiver is gone and will not come back")
)

type sale struct {
	article string
	cents   int64
}

type subscriber struct {
	name     string
	gone     bool
	received int64
}

// post hands one sale over.
func (s *subscriber) post(sold sale) error {
	if s.gone {
		return fmt.Errorf("%s: %w", s.name, errGone)
	}
	if sold.cents <= 0 {
		return fmt.Errorf("%s: %w", s.name, errBusy)
	}
	s.received += sold.cents
	return nil
}

// tell posts a sale to all, and goes on in the background where that failed.
func tell(subscribers []*subscriber, sold sale) {
	for _, s := range subscribers {
		if err := s.post(sold); err != nil {
			yard.Born(1)
			go retry(s, sold, err) // ALLOC
		}
	}
}

var subscribers = []*subscriber{
	{name: "bookkeeper"},
	{name: "adviser", gone: true},
	{name: "warehouse"},
	{name: "newsletter", gone: true},
}

// A round is one sale. Returns what the others have heard of.
func round() int64 {
	before := subscribers[0].received + subscribers[2].received
	tell(subscribers, sale{"teapot", 2450})
	return subscribers[0].received + subscribers[2].received - before
}

func main() { yard.Main(round) }
