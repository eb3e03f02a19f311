//go:build leaky

package main

// issue makes a token. Its number is its bearer's.
func issue(number int64) {
	tokens[number] = newToken(number) // LEAK: once expired it is refused, but not removed
}
