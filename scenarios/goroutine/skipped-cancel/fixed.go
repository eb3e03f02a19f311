//go:build !leaky

package main

import "context"

// read returns what the meter of a house shows.
func read(house int64) (int64, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel() // FIX: on every way out
	keepAwake(ctx)
	if !answers(house) {
		return 0, errSilent
	}
	return ask(ctx, house), nil
}
