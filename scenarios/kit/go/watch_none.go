//go:build !go1.24

package yard

import (
	"errors"
	"sync/atomic"
)

// Without weak pointers there is only the ledger: a finalizer would keep timers
// and cycles alive, and so make the leak that it is to count.

var unwatched atomic.Bool

func watch[T any](*T) { unwatched.Store(true) }

func watchedAlive() (int, error) {
	if unwatched.Load() {
		return 0, errors.New("count objects: this program was built by a Go without weak pointers (before 1.24)")
	}
	return 0, nil
}
