// Keeps the rules of activities at hand, as the database has them.
package main

import yard "leakyard/kit/go"

// A round is a minute.
func round() int64 {
	refresh()
	var total int64
	for id := range int64(entryCount) {
		total += entries[id].weight
	}
	return total
}

func main() { yard.Main(round) }
