package yard

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

// By hand: a scenario is a plain command that any tool can be pointed at.

const usage = `Usage: %s --rounds N [--hold] | --serve
  --rounds N  do N rounds of work and end
  --hold      stay parked after the last round, until a line or end of file on
              standard input
  --serve     do a round every 100 ms, until SIGTERM or SIGINT
  --help      show this text
With YARD_FD=N in the environment a harness gives the orders, on descriptor N.
`

type options struct {
	rounds      int64
	counted     bool
	hold, serve bool
}

func parseOptions(arguments []string) options {
	var options options
	name := filepath.Base(os.Args[0])
	for i := 0; i < len(arguments); i++ {
		switch flag := arguments[i]; flag {
		case "--rounds":
			i++
			options.counted = true
			options.rounds = roundsArgument(arguments[i:])
		case "--hold":
			options.hold = true
		case "--serve":
			options.serve = true
		case "--help":
			fmt.Printf(usage, name)
			os.Exit(0)
		default:
			die(exitUsage, "'%s' is not a flag; see --help", flag)
		}
	}
	if options.serve && (options.hold || options.counted) {
		die(exitUsage, "--serve goes with neither --rounds nor --hold")
	}
	if !options.serve && !options.counted {
		fmt.Fprintf(os.Stderr, usage, name)
		os.Exit(exitUsage)
	}
	return options
}

func roundsArgument(rest []string) int64 {
	if len(rest) == 0 {
		die(exitUsage, "--rounds wants a number of rounds")
	}
	rounds, valid := parseRounds(rest[0])
	if !valid {
		die(exitUsage, "--rounds wants a number of rounds, not '%s'", rest[0])
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
