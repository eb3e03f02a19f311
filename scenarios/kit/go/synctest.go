//go:build synctest

package yard

import (
	"flag"
	"fmt"
	"os"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
	"unsafe"
)

// With YARD_BUBBLE in the environment all the work is done in a bubble of
// testing/synctest. If goroutines are left that wait for each other when the work is
// over, the runtime lists them and ends the program with code 2. Without it this is
// the plain program: what the census counts there is true of it.

func init() {
	if os.Getenv("YARD_BUBBLE") != "" {
		surround, surroundRound = inBubble, timed
		clock, sleep = machineClock, machineSleep
	}
}

// inBubble ends the program. Package testing gives the bubble its *testing.T, and its
// flags are not those of the program.
func inBubble(work func()) {
	go watchdog()
	test := func(t *testing.T) {
		synctest.Test(t, func(*testing.T) {
			work()
			allDone.Store(true)
			began.Store(int64(machineClock()))
		})
		fmt.Fprintln(os.Stderr, "the bubble has ended")
	}
	testing.Init()
	flag.CommandLine.Parse(nil)
	all := func(string, string) (bool, error) { return true, nil }
	testing.Main(all, []testing.InternalTest{{Name: "rounds", F: test}}, nil, nil)
}

// ---- What never ends -----------------------------------------------------------------

// A round, and the end of a bubble when all is done, take milliseconds. These leave room
// for a busy machine: the longer one as long as anybody runs, the shorter one when all
// wait, and it is only who is waited for outside that may be late.
const (
	lookEvery        = 100 * time.Millisecond
	stuckAfter       = 3 * time.Second
	stuckAtRestAfter = time.Second
)

var (
	began   atomic.Int64 // when the round did, or the end, by the machine's clock; 0: neither
	allDone atomic.Bool
)

func timed(round func() int64) func() int64 {
	return func() int64 {
		began.Store(int64(machineClock()))
		defer began.Store(0)
		return round()
	}
}

// watchdog is outside the bubble, and ends the program if something in it never ends:
// neither a round nor the bubble does, if it depends on what the bubble can't see or
// if time must pass for it.
func watchdog() {
	var quiet, turn time.Duration // when all came to rest, and what had begun then
	for {
		time.Sleep(lookEvery)
		since, now := time.Duration(began.Load()), machineClock()
		if !atRest() || since != turn {
			quiet, turn = now, since
		}
		if since == 0 || (now-since < stuckAfter && now-quiet < stuckAtRestAfter) {
			continue
		}
		what, why := "a round in the bubble", "a goroutine goes on running"
		if allDone.Load() {
			what = "the bubble"
		}
		if now > quiet {
			why = "a goroutine waits for a mutex, the network, C, or a channel made outside"
		}
		die(exitStuck, "%s did not end: %s, and the bubble's time stands still", what, why)
	}
}

// ---- Time ----------------------------------------------------------------------------

// In the bubble the time of package time is the bubble's own.

func machineClock() time.Duration {
	const monotonic = 1
	var now syscall.Timespec
	syscall.RawSyscall(syscall.SYS_CLOCK_GETTIME, monotonic, uintptr(unsafe.Pointer(&now)), 0)
	return time.Duration(now.Nano())
}

// What a signal cuts short is made up for by the next poll.
func machineSleep(duration time.Duration) {
	wait := syscall.NsecToTimespec(int64(duration))
	syscall.Nanosleep(&wait, nil)
}
