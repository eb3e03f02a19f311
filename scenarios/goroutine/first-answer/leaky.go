//go:build leaky

package main

import yard "leakyard/kit/go"

// fetch asks every mirror and takes what is there first.
func fetch(name string) []byte {
	archives := make(chan []byte)
	for _, m := range mirrors {
		yard.Born(1)
		go func() { // ALLOC
			defer yard.Died(1)
			archives <- m.download(name)
		}()
	}
	return <-archives // LEAK: one is received; the other mirrors can never send theirs
}
