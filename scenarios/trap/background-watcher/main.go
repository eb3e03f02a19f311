// Sorts letters for the offices of a town; each opens with its first letter.
package main

import (
	"context"

	yard "leakyard/kit/go"
)

const names = 15

var (
	offices    = map[int64]*office{}
	lastLetter int64
)

// A round sorts one letter. Returns the shelf that it was put on.
func round() int64 {
	lastLetter++
	o, open := offices[lastLetter%names]
	if !open {
		o = openOffice(context.Background(), lastLetter%names) // for as long as the program runs
		offices[o.number] = o
	}
	return o.file(lastLetter)
}

func main() { yard.Main(round) }
