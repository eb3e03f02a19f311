// Writes reports. Each has several parts, which are put together at the end; most are
// short, and once in ten times comes one that is not.
package main

import yard "leakyard/kit/go"

const (
	parts      = 6
	shortPart  = 1 << 10
	longPart   = 256 << 10
	longReport = 10
)

func partBytes(report int) int {
	if report%longReport == 0 {
		return longPart
	}
	return shortPart
}

// write makes all parts of a report, then adds up what is in them.
func write(report int) int64 {
	var written [parts]*buffer
	for i := range written {
		written[i] = getBuffer()
		written[i].fill(partBytes(report), byte(report+i))
	}
	var total int64
	for _, b := range written {
		for _, character := range b.text {
			total += int64(character)
		}
		putBuffer(b)
	}
	return total
}

var lastReport int

func round() int64 {
	lastReport++
	return write(lastReport)
}

func main() { yard.Main(round) }
