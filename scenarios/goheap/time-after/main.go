// Takes readings from a stream, and raises an alarm if none comes for an hour.
package main

import (
	"log"
	"time"
	"unsafe"

	yard "leakyard/kit/go"
)

const (
	patience  = time.Hour
	burstSize = 25
)

func alarm() { log.Print("no reading for an hour") }

// The object that a channel is a pointer to.
func objectOf(timeout <-chan time.Time) *byte { return *(**byte)(unsafe.Pointer(&timeout)) }

var lastReading int64

// burst is what the stream brings in one go; then it ends.
func burst() <-chan int64 {
	readings := make(chan int64, burstSize)
	defer close(readings)
	for range burstSize - 1 {
		lastReading++
		readings <- lastReading % 100
	}
	return readings
}

func round() int64 { return follow(burst()) }

func main() { yard.Main(round) }
