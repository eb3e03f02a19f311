// Keepsakes has finalizers and cleanups that keep what they are for. keepsakes.txt is
// what Go 1.26 ends it with, many.txt the same of more than the runtime counts;
// recorded in a module named keepsakes:
//
//	go build -trimpath -o keepsakes .
//	GODEBUG=checkfinalizers=1 ./keepsakes 2> keepsakes.txt
//	GODEBUG=checkfinalizers=1 ./keepsakes many 2> many.txt
package main

import (
	"os"
	"runtime"
)

type locket struct {
	picture *picture
	name    string
}

type picture struct{ of *locket }

// Its finalizer is set where the locket leads back to itself, by way of the picture.
func newLocket() {
	l := &locket{name: "silver"}
	l.picture = &picture{l}
	runtime.SetFinalizer(l, func(*locket) {})
}

// What its cleanups are given, and what they capture, leads back to it.
func newPicture() {
	l := new(locket)
	l.picture = &picture{l}
	runtime.AddCleanup(l.picture, func(l *locket) { l.name = "" }, l)
	runtime.AddCleanup(l.picture, func(int) { l.name = "" }, 0)
}

// So small that it shares a block with others.
func newNumber() *byte {
	n := new(byte)
	runtime.SetFinalizer(n, func(*byte) {})
	return n
}

func main() {
	os.Stderr.WriteString("a locket, a picture, a number\n")
	newLocket()
	newPicture()
	number := newNumber()
	if len(os.Args) > 1 {
		for range 60 {
			newLocket()
		}
	}
	runtime.GC()
	runtime.KeepAlive(number)
}
