//go:build !go1.24

package yard

import (
	"runtime"
	"sync/atomic"
)

// Before there were weak pointers, a finalizer tells that an object is gone. It
// would keep an object of a cycle alive, and can be set where the scenario sets none.
// It may be set on a ticker: an old timer knows its channel, and only those of Go 1.23
// are known to it in return, which makes a cycle.

const watchedBy = "finalizers"

var watchedObjects atomic.Int64

func watch[T any](object *T) {
	watchedObjects.Add(1)
	runtime.SetFinalizer(object, func(*T) { watchedObjects.Add(-1) })
}

// How many watched objects the last collection left.
func watchedAlive() (int, error) {
	awaitFinalizers()
	return int(watchedObjects.Load()), nil
}

// Finalizers run one after the other, those of an earlier collection first: when that
// of an object from after it has run, all of them have.
func awaitFinalizers() {
	for range 2 {
		ran := make(chan struct{})
		runtime.SetFinalizer(new([16]byte), func(*[16]byte) { close(ran) })
		runtime.GC()
		<-ran
	}
}
