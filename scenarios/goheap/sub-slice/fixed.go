//go:build !leaky

package main

import (
	"crypto/sha256"

	yard "leakyard/kit/go"
)

type record struct {
	number   int64
	checksum [sha256.Size]byte
}

// enter adds a block that was backed up to the catalogue.
func enter(number int64, block []byte) {
	defer yard.Died(1)
	checksum := [sha256.Size]byte(block[dataBytes:]) // FIX: an array is a copy; it points nowhere
	catalogue = append(catalogue, record{number, checksum})
}
