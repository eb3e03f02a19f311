// Adds up receipts that were scanned. Between the parts of its work it gives memory
// back to the system, as the machine is small.
package main

// #include "page.h"
import "C"

import (
	"runtime/debug"

	yard "leakyard/kit/go"
)

const atOnce = 5

var lastReceipt int

func newPage() *C.struct_page {
	page := C.page_new()
	if page == nil {
		panic("out of memory")
	}
	yard.Born(1)
	return page
}

// readAll reads the receipts side by side, each on a page of its own.
func readAll(receipts []int) []int64 {
	var pages [atOnce]*C.struct_page
	for i := range receipts {
		pages[i] = takePage()
	}
	var cents []int64
	for i, receipt := range receipts {
		cents = append(cents, int64(C.page_read(pages[i], C.int(receipt))))
	}
	for i := range receipts {
		putPage(pages[i])
	}
	return cents
}

func sum(cents []int64) int64 {
	var total int64
	for _, c := range cents {
		total += c
	}
	return total
}

// A round is one traveller's receipts.
func round() int64 {
	var receipts []int
	for range atOnce {
		lastReceipt++
		receipts = append(receipts, lastReceipt)
	}
	cents := readAll(receipts)
	debug.FreeOSMemory()
	total := sum(cents)
	debug.FreeOSMemory()
	return total
}

func main() { yard.Main(round) }
