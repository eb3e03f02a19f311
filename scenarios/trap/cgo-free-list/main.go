// The mail room of an office. Some days many letters come in at once.
package main

// #include "seal.h"
import "C"

import yard "leakyard/kit/go"

var day, letter int

// A round is one day: the letters lie on the desks side by side, and then go out.
func round() int64 {
	day++
	desks := make([]*C.struct_desk, 1+day*7%20)
	for i := range desks {
		desks[i] = take()
	}
	var seals int64
	for _, desk := range desks {
		letter++
		seals += int64(C.seal_letter(desk, C.int(letter)))
		put(desk)
	}
	return seals
}

func main() { yard.Main(round) }
