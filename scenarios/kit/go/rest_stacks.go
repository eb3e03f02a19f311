//go:build !go1.26

package yard

import (
	"bytes"
	"runtime"
)

var stacks = make([]byte, 64<<10)

// Is nothing runnable, and nothing running but the caller? Older runtimes say so
// only in the headings of a stack dump: "goroutine 7 [runnable]:".
func atRest() bool {
	length := runtime.Stack(stacks, true)
	for length == len(stacks) {
		stacks = make([]byte, 2*len(stacks))
		length = runtime.Stack(stacks, true)
	}
	dump := stacks[:length]
	return !bytes.Contains(dump, []byte(" [runnable")) && bytes.Count(dump, []byte(" [running")) <= 1
}
