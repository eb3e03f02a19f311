// Package yard is what a Go or cgo scenario links with. The kit has the checkpoint
// protocol and the flags; a scenario supplies its round:
//
//	func main() { yard.Main(round) }
//
// A round is one piece of work. A leaky variant leaks exactly units_per_round in
// each. What it returns shows that the work was done: leaky and fixed must agree.
//
// Between `ready` and `stop` the kit starts no goroutine and no thread; it runs
// rounds on the main goroutine.
package yard

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
)

const (
	exitUsage          = 2
	exitInfrastructure = 3
	exitStuck          = 4
)

// Stop, if set, is called once after the last round, on the way to a regular end.
var Stop func()

// Sum of what all rounds so far returned.
var value int64

// A flavour may put something around each round, and around all the work of a program
// that has an end.
var (
	surroundRound = func(round func() int64) func() int64 { return round }
	surround      = func(work func()) { work() }
)

// Main leads the program through its rounds, as the harness or the flags say, and
// returns when it is to end.
func Main(round func() int64) {
	round = surroundRound(round)
	if text, led := os.LookupEnv("YARD_FD"); led {
		allowTracers()
		channel := openChannel(text)
		surround(func() {
			follow(channel, round)
			end()
		})
		return
	}
	options := parseOptions(os.Args[1:])
	allowTracers()
	work := func() {
		runByHand(options, round)
		end()
	}
	if options.serve {
		work()
	} else {
		surround(work)
	}
}

func end() {
	if Stop != nil {
		Stop()
	}
	collect()
}

func doRounds(rounds uint64, round func() int64) {
	defer labelRounds()()
	for range rounds {
		value += round()
	}
}

// Pools and what finalizers release need a second collection.
func collect() {
	runtime.GC()
	runtime.GC()
}

// So that a debugger that is no ancestor may attach, where Yama forbids it.
func allowTracers() {
	const setPtracer, anyProcess = 0x59616d61, ^uintptr(0)
	syscall.RawSyscall(syscall.SYS_PRCTL, setPtracer, anyProcess, 0)
}

func parseRounds(text string) (uint64, bool) {
	rounds, err := strconv.ParseUint(text, 10, 64)
	return rounds, err == nil
}

func die(code int, format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "%s: %s\n", filepath.Base(os.Args[0]), fmt.Sprintf(format, arguments...))
	os.Exit(code)
}
