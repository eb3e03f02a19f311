// Takes uploads, which come in parts, and checks that they are whole.
package main

import (
	"hash/adler32"

	yard "leakyard/kit/go"
)

const partLength = 512

func checksum(part []byte) uint32 { return adler32.Checksum(part) }

func split(upload []byte) [][]byte {
	var parts [][]byte
	for len(upload) > partLength {
		parts = append(parts, upload[:partLength])
		upload = upload[partLength:]
	}
	return append(parts, upload)
}

var uploads int

// A round takes one upload. Each is a little longer than the one before.
func round() int64 {
	uploads++
	upload := make([]byte, 5*partLength+uploads)
	for i := range upload {
		upload[i] = byte(i * uploads)
	}
	return verify(upload)
}

func main() { yard.Main(round) }
