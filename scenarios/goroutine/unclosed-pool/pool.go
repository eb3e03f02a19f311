package main

import yard "leakyard/kit/go"

type job struct {
	part   []byte
	result chan<- uint32
}

// A pool has jobs done by a few workers, until it is closed.
type pool struct {
	jobs chan job
	quit chan struct{}
}

func startPool(workers int) *pool {
	p := &pool{make(chan job), make(chan struct{})}
	for range workers {
		yard.Born(1)
		go p.work() // ALLOC
	}
	return p
}

func (p *pool) work() {
	defer yard.Died(1)
	for {
		select {
		case j := <-p.jobs:
			j.result <- checksum(j.part)
		case <-p.quit:
			return
		}
	}
}

func (p *pool) close() { close(p.quit) }
