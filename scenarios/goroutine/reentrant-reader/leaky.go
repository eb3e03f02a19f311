//go:build leaky

package main

func (t *timetable) announce(begun chan<- int64) {
	t.lock.RLock()
	defer t.lock.RUnlock()
	t.gong(begun)
	for _, train := range t.trains {
		t.spoken.Add(train.minute + t.platform(train.number)) // LEAK: platform queues behind the editor, who waits for us
	}
}
