// The recorder of a ticket machine: it keeps the last screens, for the day when
// somebody calls and says that the machine took the money.
package main

// #include "screen.h"
import "C"

import yard "leakyard/kit/go"

type recorder struct {
	screens [4]*C.struct_screen
	next    int
}

var (
	seen   recorder
	moment uint
)

func grab() *C.struct_screen {
	moment++
	screen := C.screen_grab(C.uint(moment))
	if screen == nil {
		panic("out of memory")
	}
	yard.Born(1)
	return screen
}

// A customer buys a ticket, in six screens; then somebody calls.
func round() int64 {
	for range 6 {
		seen.keep(grab())
	}
	var brightness int64
	for _, screen := range seen.screens {
		brightness += int64(C.screen_brightness(screen))
	}
	return brightness
}

func main() { yard.Main(round) }
