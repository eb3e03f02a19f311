//go:build leaky

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
		answer <- world.find(typed)
	}()
	select {
	case places := <-answer:
		return places, nil
	case <-ctx.Done():
		return nil, ctx.Err() // LEAK: the answer still comes, and then nobody receives it
	}
}
