// Converts currencies, and counts what it does for whoever collects such numbers.
package main

import (
	"os"
	"sync/atomic"

	yard "leakyard/kit/go"
)

type sample struct {
	name  string
	value int64
}

// Every part of the program may send.
var samples = make(chan sample)

// measure sends a sample. It does not hold up the caller.
func measure(name string, value int64) {
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		samples <- sample{name, value}
	}()
}

// A collector stands for a connection to the machine that draws the curves.
type collector struct {
	address string
	sent    atomic.Int64
}

func (c *collector) send(s sample) { c.sent.Add(s.value) }

var perMille = map[string]int64{"EUR": 1000, "CHF": 1043, "NOK": 86}

func convert(cents int64, from, to string) int64 {
	measure("conversions", 1)
	measure("cents", cents)
	return cents * perMille[from] / perMille[to]
}

func round() int64 {
	return convert(1999, "EUR", "NOK") + convert(250, "CHF", "EUR")
}

func main() {
	startCollector(os.Getenv("COLLECTOR"))
	yard.Main(round)
}
