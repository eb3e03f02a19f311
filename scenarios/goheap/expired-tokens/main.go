// Lets people in who have a token, for five minutes.
package main

import yard "leakyard/kit/go"

const (
	minute   = 60
	validity = 5 * minute
)

// Seconds since the server was started.
var clock int64

type token struct {
	expires int64
	rights  [60]int64
}

var tokens = map[int64]*token{}

func newToken(person int64) *token {
	t := &token{expires: clock + validity} // ALLOC
	yard.Track(t)
	for i := range t.rights {
		t.rights[i] = person % (int64(i) + 2)
	}
	return t
}

// enter returns how much the bearer may do: nothing if the token is too old.
func enter(number int64) int64 {
	t, known := tokens[number]
	if !known || clock >= t.expires {
		return 0
	}
	var rights int64
	for _, right := range t.rights {
		rights += right
	}
	return rights
}

var lastNumber int64

// A round is ten minutes: some people come, and one tries last time's token.
func round() int64 {
	clock += 10 * minute
	total := enter(lastNumber)
	for range 8 {
		lastNumber++
		issue(lastNumber)
		total += enter(lastNumber)
	}
	return total
}

func main() { yard.Main(round) }
