//go:build leaky

package main

import (
	"time"

	yard "leakyard/kit/go"
)

type poller struct {
	sensor *sensor
	ticker *time.Ticker
}

func startPoller(s *sensor) *poller {
	p := &poller{sensor: s, ticker: time.NewTicker(period)}
	yard.Born(1)
	go p.loop() // ALLOC
	return p
}

func (p *poller) loop() {
	defer yard.Died(1)
	for range p.ticker.C { // LEAK: Stop does not close C, so the loop waits for ever
		p.sensor.read()
	}
}

func (p *poller) stop() {
	p.ticker.Stop()
}
