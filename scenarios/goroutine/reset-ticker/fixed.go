//go:build !leaky

package main

import yard "leakyard/kit/go"

func reportProgress(u *upload) {
	defer yard.Died(1)
	for {
		select {
		case <-u.ticker.C:
			u.report()
		case <-u.done:
			return
		}
	}
}

// silence is for an upload that is over.
func silence(u *upload) {
	u.ticker.Stop()
	close(u.done) // FIX: a reporter with nothing to report is told to go
}
