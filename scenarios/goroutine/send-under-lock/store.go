package main

import (
	"sync"

	yard "leakyard/kit/go"
)

// The settings of one customer.
type store struct {
	lock     sync.Mutex
	values   map[string]int64
	watchers []chan string
}

func (s *store) get(key string) int64 {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.values[key]
}

// watch has every setting shown that changes, until the store is closed.
func (s *store) watch(show func(key string, value int64)) {
	changes := make(chan string)
	s.watchers = append(s.watchers, changes)
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		for key := range changes {
			show(key, s.get(key))
		}
	}()
}

func (s *store) close() {
	for _, watcher := range s.watchers {
		close(watcher)
	}
}
