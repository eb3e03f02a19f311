//go:build !leaky

package main

// #include "voice.h"
import "C"

import yard "leakyard/kit/go"

func leave(name string) {
	C.voice_free(voices[name]) // FIX: first the decoder, then its entry
	yard.Died(1)
	delete(voices, name)
}
