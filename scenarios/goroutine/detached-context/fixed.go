//go:build !leaky

package main

import "context"

// order returns what was paid. A payment goes on when the customer closes the page.
func order(request context.Context, items []item) (int64, error) {
	steps := progress.follow(request)
	for _, i := range items {
		steps <- i.name
	}
	return pay(context.WithoutCancel(request), items) // FIX: only what is to outlive the request is detached
}
