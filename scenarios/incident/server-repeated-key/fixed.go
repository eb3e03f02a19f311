//go:build !leaky

package main

import "slices"

// fetch gets what a page shows, each thing once.
func fetch(pictures []string) int64 {
	slices.Sort(pictures)
	return get(slices.Compact(pictures)) // FIX: no key is named twice; the server can't be trusted with that
}
