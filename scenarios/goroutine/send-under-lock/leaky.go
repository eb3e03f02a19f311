//go:build leaky

package main

// set takes over what is new and tells the watchers.
func (s *store) set(form map[string]int64) {
	s.lock.Lock()
	defer s.lock.Unlock()
	for key, value := range form {
		if s.values[key] != value {
			s.values[key] = value
			for _, watcher := range s.watchers {
				watcher <- key // LEAK: one that was told before wants the lock first, to see the value
			}
		}
	}
}
