// Uploads videos, and reports the progress of those that take long.
package main

import (
	"errors"
	"log"
	"sync/atomic"
	"time"

	yard "leakyard/kit/go"
)

const (
	period  = 10 * time.Minute
	largest = 2000 // what the other side takes
)

var errTooLarge = errors.New("too large")

type upload struct {
	name   string
	size   int64
	sent   atomic.Int64
	ticker *time.Ticker
	done   chan struct{} // closed when there is nothing more to report
	over   chan struct{} // closed when the reporter has gone
}

func begin(name string, video []byte) *upload {
	u := &upload{name: name, size: int64(len(video)), ticker: time.NewTicker(period),
		done: make(chan struct{}), over: make(chan struct{})}
	yard.Born(1)
	go u.reportProgress() // ALLOC
	return u
}

func (u *upload) reportProgress() {
	defer close(u.over)
	defer yard.Died(1)
	for {
		select {
		case <-u.ticker.C:
			log.Printf("%s: %d of %d", u.name, u.sent.Load(), u.size)
		case <-u.done:
			return
		}
	}
}

func (u *upload) end() {
	u.ticker.Stop()
	close(u.done)
	<-u.over
}

// send returns the checksum that the other side must find.
func (u *upload) send(video []byte) (int64, error) {
	var sum int64
	for _, b := range video {
		if u.sent.Add(1) > largest {
			return 0, errTooLarge
		}
		sum = sum*31 + int64(b)
	}
	return sum & 0xffff, nil
}

// What was filmed in one day.
var videos = []struct {
	name    string
	content []byte
}{
	{"breakfast.mp4", make([]byte, 900)},
	{"party.mp4", make([]byte, 3000)},
	{"beach.mp4", []byte("sea, sand and sun")},
}

// A round uploads one day.
func round() int64 {
	var sums int64
	for _, video := range videos {
		sum, err := run(video.name, video.content)
		if err != nil {
			continue // the other side has told who filmed it
		}
		sums += sum
	}
	return sums
}

func main() { yard.Main(round) }
