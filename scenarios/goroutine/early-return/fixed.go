//go:build !leaky

package main

import yard "leakyard/kit/go"

// thumbnail has the picture loaded while it sees to the rest.
func thumbnail(r request) (picture, error) {
	wanted, err := parseSize(r.size)
	if err != nil {
		return picture{}, err // FIX: what can go wrong comes first; nothing was started yet
	}
	loaded := make(chan picture)
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		loaded <- load(r.picture)
	}()
	return (<-loaded).scale(wanted), nil
}
