// A gateway in front of a dozen shops. Gateway and shops are in one process.
package main

import yard "leakyard/kit/go"

const shops = 12

var lastRequest int

// A round sends on one request; over time they are for all shops.
func round() int64 {
	lastRequest++
	return price(lastRequest%shops, lastRequest)
}

func main() { yard.Main(round) }
