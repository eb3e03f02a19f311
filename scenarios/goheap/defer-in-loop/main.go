// Tells how the machine is. A collector reads the kernel's files when it is asked to.
package main

import (
	"bufio"
	"os"

	yard "leakyard/kit/go"
)

var files = []string{"/proc/self/limits", "/proc/self/status", "/proc/self/comm"}

var (
	requests = make(chan string)
	figures  = make(chan int64)
)

func countLines(file *os.File) int64 {
	var lines int64
	for text := bufio.NewScanner(file); text.Scan(); {
		lines++
	}
	return lines
}

func round() int64 {
	var lines int64
	for _, name := range files {
		requests <- name
		lines += <-figures
	}
	return lines
}

func main() {
	go collect(requests, figures)
	yard.Main(round)
}
