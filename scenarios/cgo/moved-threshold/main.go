// Checks the comments under an article.
package main

import (
	"strings"

	yard "leakyard/kit/go"
)

// How long the comments are: most are short, four are long, one is endless.
var lengths = []int{14, 2999, 80, 2999, 333, 9001, 2999, 120, 2999, 45}

// People agree with one article and not with the next.
var (
	praise  = write("I agree ")
	protest = write("Never! ")
	article int
)

func write(opinion string) []string {
	var comments []string
	for _, length := range lengths {
		comments = append(comments, strings.Repeat(opinion, length)[:length])
	}
	return comments
}

// A round is one article.
func round() int64 {
	comments := praise
	if article++; article%2 == 0 {
		comments = protest
	}
	var words int64
	for _, comment := range comments {
		t := newText(comment)
		words += t.words()
		t.free()
	}
	return words
}

func main() { yard.Main(round) }
