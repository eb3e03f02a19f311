// Asks which branches of a bank are open. Asker and branches are in one process.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path"
	"sync"

	yard "leakyard/kit/go"
)

// What comes with a connection: its reader and its writer at the client, and its
// server.
const perConnection = 3

var client = http.Client{Transport: new(http.Transport)}

var service = sync.OnceValue(func() string {
	return httptest.NewServer(http.HandlerFunc(answer)).URL
})

func answer(reply http.ResponseWriter, request *http.Request) {
	fmt.Fprintln(reply, path.Base(request.URL.Path), "is open, counters 1 to 4, and a queue of 7")
}

// A round asks one branch.
func round() int64 {
	if isOpen("harbour") {
		return 1
	}
	return 0
}

func main() { yard.Main(round) }
