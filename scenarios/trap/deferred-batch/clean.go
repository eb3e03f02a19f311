package main

import (
	"bufio"
	"os"

	yard "leakyard/kit/go"
)

// count opens each file that comes in, and reads them all when no more do. Every
// Close is deferred in the loop: they come together, when the function returns.
func count(names <-chan string, taken chan<- struct{}) int64 {
	var files []*os.File
	for name := range names {
		file, err := os.Open(name) // ALLOC
		if err != nil {
			panic(err)
		}
		yard.Born(1)
		defer yard.Died(1)
		defer file.Close()
		files = append(files, file)
		taken <- struct{}{}
	}
	var lines int64
	for _, file := range files {
		lines += countLines(file)
	}
	return lines
}

func countLines(file *os.File) int64 {
	var lines int64
	for text := bufio.NewScanner(file); text.Scan(); {
		lines++
	}
	return lines
}
