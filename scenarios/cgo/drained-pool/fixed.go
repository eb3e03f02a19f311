//go:build !leaky

package main

// #include "page.h"
import "C"

// Pages that wait to be used again.
var spare []*C.struct_page

func takePage() *C.struct_page {
	last := len(spare) - 1
	if last < 0 {
		return newPage()
	}
	page := spare[last]
	spare = spare[:last]
	return page
}

func putPage(page *C.struct_page) {
	spare = append(spare, page) // FIX: a list of our own drops nothing
}
