package yard

import (
	"runtime"
	"sync"
)

// startThreads has the runtime start the threads that it would otherwise start
// some time during the rounds, and keep: a thread that comes later is the
// scenario's own. Returns when its goroutines have ended.
func startThreads() {
	const spare = 2 // beside one for each processor: for the main goroutine in a system call, and a watcher
	var all, over sync.WaitGroup
	count := runtime.GOMAXPROCS(0) + spare
	all.Add(count)
	over.Add(count)
	for range count {
		go func() {
			defer over.Done()
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			all.Done()
			all.Wait()
		}()
	}
	over.Wait()
}
