//go:build !leaky

package main

import (
	"time"

	yard "leakyard/kit/go"
)

type watcher struct {
	sensor *sensor
	ticker *time.Ticker
	done   chan struct{}
	over   chan struct{}
}

func startWatcher(s *sensor) *watcher {
	w := &watcher{s, time.NewTicker(period), make(chan struct{}), make(chan struct{})}
	yard.Born(1)
	go w.run() // ALLOC
	return w
}

func (w *watcher) run() {
	defer close(w.over)
	defer yard.Died(1)
	for {
		select {
		case <-w.ticker.C:
			w.sensor.read()
		case <-w.done:
			return
		}
	}
}

func (w *watcher) stop() {
	w.ticker.Stop()
	close(w.done) // FIX: a channel of our own says that nobody watches any more
	<-w.over
}
