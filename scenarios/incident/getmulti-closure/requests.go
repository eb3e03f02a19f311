package main

import (
	"fmt"
	"os"
	"strings"
	"sync"

	yard "leakyard/kit/go"
)

// page is what the front page shows of eight users: two of them in each of four groups.
func page() []string {
	prefix := "user:"
	if !yard.Stage("large-values") {
		prefix = "thumb:"
	}
	keys := make([]string, 8)
	for i := range keys {
		keys[i] = fmt.Sprint(prefix, i+1)
	}
	return keys
}

// What users ask for, again and again: the keys of each request. PROXY_REPLAY names a log of
// requests that is to be replayed, lines of "get KEY" and "getm KEY KEY"; else it is the page.
var requests = sync.OnceValue(func() [][]string {
	name := os.Getenv("PROXY_REPLAY")
	if name == "" {
		return [][]string{page()}
	}
	log, err := os.ReadFile(name)
	if err != nil {
		panic(err)
	}
	var all [][]string
	for _, line := range strings.Split(strings.TrimSpace(string(log)), "\n") {
		all = append(all, strings.Fields(line)[1:])
	}
	return all
})

var answered int

func nextRequest() []string {
	keys := requests()[answered%len(requests())]
	answered++
	return keys
}
