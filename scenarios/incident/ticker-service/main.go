// Lets dashboards watch sensors. Beside its service it has an admin port, for those who
// run it: on this machine only, at a port that the kernel chose.
package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	_ "net/http/pprof" // below /debug/pprof/ of the admin port
	"strconv"
	"sync/atomic"
	"time"

	yard "leakyard/kit/go"
)

const period = time.Hour // between two readings, while somebody watches

// listen serves what is registered on a port of its own.
func listen(what string, handler http.Handler) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s: http://%s\n", what, listener.Addr())
	go func() { log.Fatal(http.Serve(listener, handler)) }()
}

type sensor struct {
	number   int64
	readings atomic.Int64
}

func (s *sensor) read() int64 {
	return s.number*17%40 + s.readings.Add(1)
}

// watch answers a dashboard that opens and closes again: it sees one reading.
func watch(reply http.ResponseWriter, request *http.Request) {
	number, err := strconv.ParseInt(request.URL.Query().Get("sensor"), 10, 64)
	if err != nil {
		http.Error(reply, "which sensor?", http.StatusBadRequest)
		return
	}
	s := &sensor{number: number}
	w := startWatcher(s)
	fmt.Fprint(reply, s.read())
	w.stop()
}

func ask(service http.Handler, number int) int64 {
	reply := httptest.NewRecorder()
	service.ServeHTTP(reply, httptest.NewRequest("GET", fmt.Sprintf("/watch?sensor=%d", number), nil))
	celsius, err := strconv.ParseInt(reply.Body.String(), 10, 64)
	if err != nil {
		panic(err)
	}
	return celsius
}

func main() {
	service := http.NewServeMux()
	service.HandleFunc("/watch", watch)
	listen("admin port", http.DefaultServeMux)
	listen("service", service)
	// A round is one look at three sensors, without a way through the network.
	yard.Main(func() int64 { return ask(service, 1) + ask(service, 2) + ask(service, 3) })
}
