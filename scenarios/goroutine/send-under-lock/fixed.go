//go:build !leaky

package main

// set takes over what is new and tells the watchers.
func (s *store) set(form map[string]int64) {
	var changed []string
	s.lock.Lock()
	for key, value := range form {
		if s.values[key] != value {
			s.values[key] = value
			changed = append(changed, key)
		}
	}
	s.lock.Unlock() // FIX: give the lock back, then tell
	for _, key := range changed {
		for _, watcher := range s.watchers {
			watcher <- key
		}
	}
}
