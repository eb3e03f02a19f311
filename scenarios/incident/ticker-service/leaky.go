//go:build leaky

package main

import (
	"time"

	yard "leakyard/kit/go"
)

type watcher struct {
	sensor *sensor
	ticker *time.Ticker
}

func startWatcher(s *sensor) *watcher {
	w := &watcher{s, time.NewTicker(period)}
	yard.Born(1)
	go w.run() // ALLOC
	return w
}

func (w *watcher) run() {
	defer yard.Died(1)
	for {
		select {
		case <-w.ticker.C: // LEAK: once the ticker is stopped nothing comes, and nothing closes C
			w.sensor.read()
		}
	}
}

func (w *watcher) stop() {
	w.ticker.Stop()
}
