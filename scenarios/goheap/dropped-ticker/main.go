// Asks a slow service, and grumbles in the log while there is no answer.
package main

import (
	"log"
	"time"

	yard "leakyard/kit/go"
)

const (
	patience = time.Hour
	pageSize = 20
)

var nextQuery int64

// ask sends a query. The answer comes on the channel; most are there at once.
func ask(query int64) <-chan int64 {
	answer := make(chan int64, 1)
	answer <- query%7 + 1
	return answer
}

func grumble(query int64) {
	log.Printf("query %d: still no answer", query)
}

// A round fills one page.
func round() int64 {
	var total int64
	for range pageSize {
		nextQuery++
		total += fetch(nextQuery)
	}
	return total
}

func main() { yard.Main(round) }
