//go:build go1.26

package yard

import "runtime/metrics"

var states = []metrics.Sample{
	{Name: "/sched/goroutines/runnable:goroutines"},
	{Name: "/sched/goroutines/running:goroutines"},
	{Name: "/gc/finalizers/queued:finalizers"},
	{Name: "/gc/finalizers/executed:finalizers"},
	{Name: "/gc/cleanups/queued:cleanups"},
	{Name: "/gc/cleanups/executed:cleanups"},
}

// Is nothing runnable, nothing running but the caller, and no finalizer or cleanup
// waiting for its turn?
func atRest() bool {
	metrics.Read(states)
	state := func(index int) uint64 { return states[index].Value.Uint64() }
	return state(0) == 0 && state(1) <= 1 && state(2) == state(3) && state(4) == state(5)
}
