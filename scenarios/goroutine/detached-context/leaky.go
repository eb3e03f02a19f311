//go:build leaky

package main

import "context"

// order returns what was paid. A payment goes on when the customer closes the page.
func order(request context.Context, items []item) (int64, error) {
	ctx := context.WithoutCancel(request) // LEAK: what is meant for the payment keeps the bar waiting too
	steps := progress.follow(ctx)
	for _, i := range items {
		steps <- i.name
	}
	return pay(ctx, items)
}
