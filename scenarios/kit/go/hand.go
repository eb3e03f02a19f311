package yard

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// By hand: a scenario is a plain command that any tool can be pointed at.

const usage = `Usage: %s [--rounds N] [--hold] | --serve
  --rounds N  do N rounds of work and end (default 100)
  --hold      stay parked after the last round, until a line or end of file on
              standard input
  --serve     do a round every 100 ms, until SIGTERM or SIGINT
  --help      show this text
With YARD_FD=N in the environment a harness gives the orders, on descriptor N.
`

type options struct {
	rounds      uint64
	hold, serve bool
}

// What the C kit says too, word for word.
func parseOptions(arguments []string) options {
	options := options{rounds: 100}
	counted := false
	for i := 0; i < len(arguments); i++ {
		name, number, joined := strings.Cut(arguments[i], "=")
		switch {
		case name == "--rounds" && joined:
			counted = true
			options.rounds = roundsArgument(number)
		case name == "--rounds":
			counted = true
			if i++; i == len(arguments) {
				die(exitUsage, "--rounds wants a number of rounds")
			}
			options.rounds = roundsArgument(arguments[i])
		case arguments[i] == "--hold":
			options.hold = true
		case arguments[i] == "--serve":
			options.serve = true
		case arguments[i] == "--help":
			fmt.Printf(usage, filepath.Base(os.Args[0]))
			os.Exit(0)
		default:
			die(exitUsage, "'%s' is not a flag; see --help", arguments[i])
		}
	}
	if options.serve && (options.hold || counted) {
		die(exitUsage, "--serve goes with neither --rounds nor --hold; see --help")
	}
	return options
}

func roundsArgument(text string) uint64 {
	rounds, valid := parseRounds(text)
	if !valid {
		die(exitUsage, "--rounds wants a number of rounds, not '%s'", text)
	}
	return rounds
}

func runByHand(options options, round func() int64) {
	if options.serve {
		serve(round)
	} else {
		doRounds(options.rounds, round)
	}
	settled := settle()
	fmt.Printf("value %d, %d units born, %d died\n", value, born.Load(), died.Load())
	if !settled {
		fmt.Println("the program did not come to rest: some goroutine goes on running")
	}
	if options.hold {
		hold()
	}
}

// Ends regularly on SIGTERM, so that what looks at exit can look.
func serve(round func() int64) {
	endings := make(chan os.Signal, 1)
	signal.Notify(endings, syscall.SIGTERM, syscall.SIGINT)
	pace := time.NewTicker(100 * time.Millisecond)
	defer pace.Stop()
	for {
		doRounds(1, round)
		select {
		case <-pace.C:
		case <-endings:
			return
		}
	}
}

func hold() {
	fmt.Printf("process %d is parked; press Enter to end it\n", os.Getpid())
	key := make([]byte, 1)
	for {
		length, err := uninterrupted(syscall.Read, syscall.Stdin, key)
		if err != nil || length <= 0 || key[0] == '\n' {
			return
		}
	}
}
