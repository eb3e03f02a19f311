// Reads the log files of several machines and rings when something is wrong.
package main

import (
	"strings"
	"sync/atomic"

	yard "leakyard/kit/go"
)

type logFile struct {
	machine string
	lines   []string
}

type bell struct{ rung atomic.Int64 }

func (b *bell) hear(line string) {
	if strings.Contains(line, "ERROR") {
		b.rung.Add(1)
	}
}

var (
	alarm bell
	night = []logFile{
		{"mail", []string{"INFO up", "ERROR disk full", "INFO retry"}},
		{"web", []string{"INFO up", "INFO 200 /", "INFO 404 /favicon"}},
		{"db", []string{"INFO up", "ERROR lock timeout"}},
	}
)

// A round reads one night's logs.
func round() int64 { return merge(night, &alarm) }

func main() { yard.Main(round) }
