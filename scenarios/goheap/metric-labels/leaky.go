//go:build leaky

package main

// measure serves a request and notes how long it took.
func measure(r request) int64 {
	took := serve(r)
	durationsOf(r.path).count[took]++ // LEAK: a histogram for each order there ever was
	return took
}
