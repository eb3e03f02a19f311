//go:build go1.24

package yard

import (
	"sync"
	"weak"
)

const watchedBy = "weak-pointers"

var (
	watchedLock sync.Mutex
	watched     []func() bool // is the object alive?
)

func watch[T any](object *T) {
	pointer := weak.Make(object)
	watchedLock.Lock()
	defer watchedLock.Unlock()
	watched = append(watched, func() bool { return pointer.Value() != nil })
}

// How many watched objects the last collection left. Forgets the others.
func watchedAlive() (int, error) {
	watchedLock.Lock()
	defer watchedLock.Unlock()
	var alive []func() bool
	for _, isAlive := range watched {
		if isAlive() {
			alive = append(alive, isAlive)
		}
	}
	watched = alive
	return len(watched), nil
}
