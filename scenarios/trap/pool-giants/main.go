// Writes reports, each of several parts. A report stays open for corrections until the
// next one is begun. Parts are short, but for one in some hundreds.
package main

import yard "leakyard/kit/go"

const (
	parts     = 6
	shortPart = 1 << 10
	longPart  = 256 << 10
	longOnce  = 301 // in so many parts
)

var (
	open     [parts]*buffer
	lastPart int
)

func partBytes(part int) int {
	if part%longOnce == 0 {
		return longPart
	}
	return shortPart
}

// write puts a report in the place of the one that is open, and adds up what is in it.
func write() int64 {
	for _, b := range open {
		if b != nil {
			putBuffer(b)
		}
	}
	var total int64
	for i := range open {
		lastPart++
		open[i] = getBuffer()
		open[i].fill(partBytes(lastPart), byte(lastPart))
		for _, character := range open[i].text {
			total += int64(character)
		}
	}
	return total
}

func round() int64 { return write() }

func main() { yard.Main(round) }
