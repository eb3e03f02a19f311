package main

// #include "wordlist.h"
import "C"

import yard "leakyard/kit/go"

// Only Go knows where the lists are. That is no leak: there is one for each
// language, and each is still in use.
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
