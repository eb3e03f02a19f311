//go:build !leaky

package main

// measure serves a request and notes how long it took.
func measure(r request) int64 {
	took := serve(r)
	durationsOf(r.route).count[took]++ // FIX: one for each route, of which there are two
	return took
}
