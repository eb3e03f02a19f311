package main

// #include "wordlist.h"
import "C"

import yard "leakyard/kit/go"

// One for each language, for as long as the process lives. Only Go knows where
// they are.
var wordlists = map[int]*C.struct_wordlist{}

func knows(language int, word uint) bool {
	list, loaded := wordlists[language]
	if !loaded {
		list = C.wordlist_load(C.int(language))
		if list == nil {
			panic("out of memory")
		}
		yard.Born(1)
		wordlists[language] = list
	}
	return bool(C.wordlist_has(list, C.uint(word)))
}
