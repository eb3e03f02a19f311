//go:build !leaky

package main

import (
	"context"

	yard "leakyard/kit/go"
)

// suggest returns the places that were found, unless it takes too long.
func suggest(ctx context.Context, typed string) ([]string, error) {
	answer := make(chan []string)
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		places := world.find(typed)
		select {
		case answer <- places:
		case <-ctx.Done(): // FIX: who sends gives up when who waits has given up
		}
	}()
	select {
	case places := <-answer:
		return places, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
