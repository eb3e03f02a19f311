// Uploads videos, and reports the progress of those that take long.
package main

import (
	"log"
	"sync/atomic"
	"time"

	yard "leakyard/kit/go"
)

const period = 10 * time.Minute

type upload struct {
	name   string
	size   int64
	sent   atomic.Int64
	ticker *time.Ticker
	done   chan struct{} // closed when there is nothing more to report
}

func (u *upload) report() {
	log.Printf("%s: %d of %d", u.name, u.sent.Load(), u.size)
}

// send returns the checksum that the other side must find.
func (u *upload) send(video []byte) int64 {
	var sum int64
	for _, b := range video {
		sum = sum*31 + int64(b)
		u.sent.Add(1)
	}
	return sum & 0xffff
}

func run(name string, video []byte) int64 {
	u := &upload{name: name, size: int64(len(video)), ticker: time.NewTicker(period), done: make(chan struct{})}
	yard.Born(1)
	go reportProgress(u) // ALLOC
	defer silence(u)
	return u.send(video)
}

// A round uploads what was filmed in one day.
func round() int64 {
	return run("breakfast.mp4", make([]byte, 3000)) + run("beach.mp4", []byte("sea, sand and sun"))
}

func main() { yard.Main(round) }
