// Counts what the machine did in a week. Each day's files come in when the day is over.
package main

import yard "leakyard/kit/go"

const days = 7

var daily = []string{"/proc/self/limits", "/proc/self/status", "/proc/self/comm", "/proc/self/cgroup"}

type week struct {
	files chan string
	taken chan struct{} // for each file, when it has been looked at
	total chan int64
}

var (
	current *week
	day     int
)

func openWeek() *week {
	w := &week{make(chan string), make(chan struct{}), make(chan int64)}
	go func() { w.total <- count(w.files, w.taken) }()
	return w
}

// A round is a day. The last one of the week waits for its sum.
func round() int64 {
	if day%days == 0 {
		current = openWeek()
	}
	day++
	for _, name := range daily {
		current.files <- name
		<-current.taken
	}
	if day%days != 0 {
		return 0
	}
	close(current.files)
	return <-current.total
}

func main() { yard.Main(round) }
