//go:build !leaky

package main

import (
	"time"

	yard "leakyard/kit/go"
)

type poller struct {
	sensor   *sensor
	ticker   *time.Ticker
	done     chan struct{}
	finished chan struct{}
}

func startPoller(s *sensor) *poller {
	p := &poller{s, time.NewTicker(period), make(chan struct{}), make(chan struct{})}
	yard.Born(1)
	go p.loop() // ALLOC
	return p
}

func (p *poller) loop() {
	defer close(p.finished)
	defer yard.Died(1)
	for {
		select {
		case <-p.ticker.C:
			p.sensor.read()
		case <-p.done:
			return
		}
	}
}

func (p *poller) stop() {
	p.ticker.Stop()
	close(p.done) // FIX: tell the loop to end, and wait until it has
	<-p.finished
}
