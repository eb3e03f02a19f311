//go:build leaky

package main

import "context"

// read returns what the meter of a house shows.
func read(house int64) (int64, error) {
	ctx, cancel := context.WithCancel(context.Background())
	keepAwake(ctx)
	if !answers(house) {
		return 0, errSilent // LEAK: on this way out the line is not told
	}
	shown := ask(ctx, house)
	cancel()
	return shown, nil
}
