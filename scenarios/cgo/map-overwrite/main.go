// A proxy of a key-value store. Several buckets hold a copy of each key.
package main

import yard "leakyard/kit/go"

var (
	keys    = []string{"avatar", "banner", "city", "diary", "email", "film", "group", "height"}
	buckets = []bucket{{number: 0}, {number: 1}, {number: 2}}
)

// Every other value is large.
func length(index int) int {
	if index%2 == 0 {
		return 4995
	}
	return 60 + index
}

type bucket struct{ number int }

// get fetches those of the keys that the bucket holds: each is in two of three, or in one
// if there are no copies.
func (b bucket) get(keys []string) map[string]item {
	reply := make(map[string]item)
	copied := yard.Stage("copies")
	for i, key := range keys {
		if home := i % len(buckets); home != b.number && (copied || (home+1)%len(buckets) == b.number) {
			reply[key] = newItem(length(i), byte(i+1))
		}
	}
	return reply
}

func round() int64 {
	var total int64
	for _, item := range getMulti(keys) {
		if yard.Stage("sum") {
			total += item.sum()
		}
		item.free()
	}
	return total
}

func main() { yard.Main(round) }
