//go:build !leaky

package main

import "context"

// show draws the numbers of so many hours.
func (p *panel) show(hours int64) int64 {
	p.cancel() // FIX: end what was shown before
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	return open(ctx, hours).sum()
}
