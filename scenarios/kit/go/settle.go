package yard

import (
	"runtime/debug"
	"time"
)

const (
	settlePoll   = time.Millisecond
	settleInARow = 3
	settleAtMost = 2 * time.Second
)

// Where the time of package time is not that of the machine, a flavour replaces these.
var (
	loaded = time.Now()
	clock  = func() time.Duration { return time.Since(loaded) }
	sleep  = time.Sleep
)

// settle waits until the program is at rest. Then it collects garbage, so that what
// is left is what the program holds: twice, as the second collection takes what
// finalizers gave up after the first. Finalizers run in a goroutine of their own, and
// are waited for too. What is free goes back to the system: else the resident memory of
// a program at rest is a matter of when the rounds' collections happened to run. Returns
// false if the program never came to rest.
func settle() bool {
	settled := rest()
	for range 2 {
		debug.FreeOSMemory()
		settled = settled && rest()
	}
	return settled
}

// rest waits until nothing is runnable and nothing running but the caller, three
// polls in a row. Returns false if that does not come to pass.
//
// The wait before a poll is there to let others run; it is no assumption about how
// long they take.
func rest() bool {
	start := clock()
	for quiet := 0; quiet < settleInARow; {
		if clock()-start > settleAtMost {
			return false
		}
		sleep(settlePoll)
		if atRest() {
			quiet++
		} else {
			quiet = 0
		}
	}
	return true
}
