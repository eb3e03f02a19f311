// Installs packages from whichever mirror is fastest.
package main

import (
	"hash/crc32"

	yard "leakyard/kit/go"
)

type mirror struct{ country string }

// download stands for a transfer that takes as long as it takes. Mirrors hold the
// same packages.
func (m mirror) download(name string) []byte {
	archive := make([]byte, 0, 64*len(name))
	for range 64 {
		archive = append(archive, name...)
	}
	return archive
}

var mirrors = []mirror{{"at"}, {"fi"}, {"jp"}, {"nz"}}

// A round installs a program and the library that it needs.
func round() int64 {
	var sum int64
	for _, name := range []string{"paint-2.1", "libcolour-7"} {
		sum += int64(crc32.ChecksumIEEE(fetch(name)))
	}
	return sum
}

func main() { yard.Main(round) }
