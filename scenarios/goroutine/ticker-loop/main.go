// Reads sensors: once when a measurement begins, then at every tick until it ends.
package main

import (
	"sync/atomic"
	"time"

	yard "leakyard/kit/go"
)

const period = 30 * time.Second

type sensor struct {
	celsius  int64
	readings atomic.Int64
}

func (s *sensor) read() int64 {
	s.readings.Add(1)
	return s.celsius
}

// measure polls the sensors for as long as the measurement takes.
func measure(sensors []*sensor) int64 {
	var total int64
	for _, s := range sensors {
		p := startPoller(s)
		defer p.stop()
		total += s.read()
	}
	return total
}

func round() int64 {
	return measure([]*sensor{{celsius: 19}, {celsius: 23}, {celsius: -4}})
}

func main() { yard.Main(round) }
