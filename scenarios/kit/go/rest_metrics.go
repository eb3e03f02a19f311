//go:build go1.26

package yard

import "runtime/metrics"

var states = []metrics.Sample{
	{Name: "/sched/goroutines/runnable:goroutines"},
	{Name: "/sched/goroutines/running:goroutines"},
}

// Is nothing runnable, and nothing running but the caller?
func atRest() bool {
	metrics.Read(states)
	return states[0].Value.Uint64() == 0 && states[1].Value.Uint64() <= 1
}
