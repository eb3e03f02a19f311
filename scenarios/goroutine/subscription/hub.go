package main

import (
	"sync"

	yard "leakyard/kit/go"
)

// A hub tells whoever subscribed how the match stands.
type hub struct {
	lock        sync.Mutex
	score       score
	subscribers map[*subscription]bool
}

type subscription struct {
	hub    *hub
	scores chan score
}

// subscribe returns how it stands now. From then on show gets every change.
func (h *hub) subscribe(show func(score)) (*subscription, score) {
	s := &subscription{h, make(chan score)}
	yard.Born(1)
	go s.pass(show) // ALLOC
	h.lock.Lock()
	defer h.lock.Unlock()
	h.subscribers[s] = true
	return s, h.score
}

func (s *subscription) pass(show func(score)) {
	defer yard.Died(1)
	for next := range s.scores {
		show(next)
	}
}

func (s *subscription) close() {
	s.hub.lock.Lock()
	defer s.hub.lock.Unlock()
	delete(s.hub.subscribers, s)
	close(s.scores)
}

func (h *hub) publish(now score) {
	h.lock.Lock()
	defer h.lock.Unlock()
	h.score = now
	for s := range h.subscribers {
		s.scores <- now
	}
}
