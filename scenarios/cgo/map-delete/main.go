// The server of a conference: people join, speak and leave.
package main

// #include "voice.h"
import "C"

import yard "leakyard/kit/go"

var (
	people = []string{"Ada", "Bela", "Chen", "Dora", "Emil", "Fay"}
	voices = map[string]*C.struct_voice{}
)

func join(name string) {
	voice := C.voice_new(C.int(name[0]))
	if voice == nil {
		panic("out of memory")
	}
	yard.Born(1)
	voices[name] = voice
}

// A round is one conference.
func round() int64 {
	for _, name := range people {
		join(name)
	}
	var loudness int64
	for packet, name := range people {
		loudness += int64(C.voice_decode(voices[name], C.int(packet)))
	}
	for _, name := range people {
		leave(name)
	}
	return loudness - int64(len(voices))
}

func main() { yard.Main(round) }
