// Asks a weather service for forecasts. Client and service are in one process.
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
	town := path.Base(request.URL.Path)
	if town == "atlantis" {
		http.Error(reply, "no such town: "+town, http.StatusNotFound)
		return
	}
	fmt.Fprint(reply, 10+len(town))
}

// ask returns what the service says of a town.
func ask(town string) (*http.Response, error) {
	response, err := client.Get(service() + "/forecast/" + town) // ALLOC
	if err == nil {
		yard.Born(perConnection)
	}
	return response, err
}

// finish ends an exchange.
func finish(response *http.Response) {
	response.Body.Close()
	yard.Died(perConnection)
}

// A round asks for two towns, the second of which is a misspelling that many have
// in their bookmarks.
func round() int64 {
	var degrees int64
	for _, town := range []string{"oslo", "atlantis"} {
		if here, err := forecast(town); err == nil {
			degrees += here
		}
	}
	return degrees
}

func main() { yard.Main(round) }
