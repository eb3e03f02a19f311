//go:build !leaky

package main

import (
	"context"

	yard "leakyard/kit/go"
)

// serve has a preview of the draft online, and says on which page.
func serve(editing context.Context, draft string, online chan<- int) {
	defer yard.Died(1)
	page := previews.add(draft)
	defer previews.remove(page)
	online <- page
	<-editing.Done() // FIX: wait for what ends
}
