// Shows discussions: who said what, and what others replied to it.
package main

import (
	"fmt"
	"strings"
	"text/template"

	yard "leakyard/kit/go"
)

type comment struct {
	Author, Text string
	Reply        *comment
}

var page = template.Must(template.New("page").Parse(
	`{{define "comment"}}{{.Author}}: {{.Text}}
{{with .Reply}}{{template "comment" .}}{{end}}{{end}}{{template "comment" .}}`))

// discuss has two people reply to each other.
func discuss(subject string, replies int) *comment {
	var reply *comment
	for i := replies; i > 0; i-- {
		reply = &comment{[]string{"Ann", "Bob"}[i%2], fmt.Sprintf("No, %d times no!", i), reply}
	}
	return &comment{"Eve", subject, reply}
}

const previewLength = 800

var discussions = []*comment{
	discuss("Is a hot dog a sandwich?", 70),
	discuss("My cat, asleep", 3),
	discuss("Tabs or spaces?", 90),
}

// A round is somebody who looks at all that is discussed today.
func round() int64 {
	var lines int
	for _, first := range discussions {
		lines += strings.Count(preview(first, previewLength), "\n")
	}
	return int64(lines)
}

func main() { yard.Main(round) }
