// Prints the labels of parcels.
package main

import yard "leakyard/kit/go"

const (
	width  = 49 // bytes, of eight dots each
	height = 97
)

var lastParcel int

// draw makes the bitmap of a parcel's label: bars, as wide as the number says.
func draw(parcel int) []byte {
	bitmap := make([]byte, width*height)
	for i := range bitmap {
		bitmap[i] = byte((i%width + 1) * parcel)
	}
	return bitmap
}

// A round prints the labels of one customer.
func round() int64 {
	var black int64
	for range 3 {
		lastParcel++
		black += printLabel(lastParcel)
	}
	return black
}

func main() { yard.Main(round) }
