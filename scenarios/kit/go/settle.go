package yard

import "time"

const (
	settlePoll   = time.Millisecond
	settleInARow = 3
	settleAtMost = 2 * time.Second
)

// settle waits until the program is at rest: nothing runnable and nothing running
// but the caller, three polls in a row. Then it collects garbage, so that what is
// left is what the program holds. Returns false if it never came to rest.
//
// The wait between polls is there to let others run; it is no assumption about
// how long they take.
func settle() bool {
	deadline := time.Now().Add(settleAtMost)
	for quiet := 0; quiet < settleInARow; {
		if atRest() {
			quiet++
		} else {
			quiet = 0
		}
		if time.Now().After(deadline) {
			collect()
			return false
		}
		time.Sleep(settlePoll)
	}
	collect()
	return true
}
