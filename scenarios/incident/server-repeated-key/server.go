package main

import (
	"bufio"
	"bytes"
	"fmt"
	"log"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/douban/gobeansdb/gobeansdb"

	yard "leakyard/kit/go"
)

const configuration = `
server: {hostname: 127.0.0.1, listen: 127.0.0.1, port: %[1]d, webport: 0, threads: %[3]d, errorlog: %[2]s/errors, analysislog: %[2]s/analysis}
hstore: {local: {home: %[2]s}, data: {flush_interval: 60, flush_wake_str: 10M}, hint: {hint_split_cap_str: 1K}}
`

const routes = `
numbucket: 1
main: [{addr: "127.0.0.1:%d", buckets: [0]}]
`

// The server tells in its log when it listens.
type readiness struct {
	once  sync.Once
	ready chan struct{}
}

func (r *readiness) Write(line []byte) (int, error) {
	if bytes.HasSuffix(bytes.TrimSpace(line), []byte("ready")) {
		r.once.Do(func() { close(r.ready) })
	}
	return len(line), nil
}

// freePort asks the kernel for a port: the server can be given one, but does not tell.
func freePort() int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

func write(folder, name, format string, arguments ...any) {
	if err := os.WriteFile(filepath.Join(folder, name), fmt.Appendf(nil, format, arguments...), 0o600); err != nil {
		panic(err)
	}
}

// startServer starts gobeansdb in this very process, and returns once it listens.
func startServer() (address string) {
	folder, err := os.MkdirTemp("", "gobeansdb-")
	if err != nil {
		panic(err)
	}
	yard.Stop = func() { os.RemoveAll(folder) }
	port := freePort()
	write(folder, "global.yaml", configuration, port, folder, runtime.NumCPU())
	write(folder, "route.yaml", routes, port)
	listens := &readiness{ready: make(chan struct{})}
	log.SetOutput(listens)
	os.Args = []string{"gobeansdb", "-confdir", folder}
	go func() {
		gobeansdb.Main()
		os.RemoveAll(folder)
		os.Exit(0) // as the program of that name: it is over when the server is
	}()
	<-listens.ready
	return fmt.Sprintf("127.0.0.1:%d", port)
}

// A client is one connection to the server.
type client struct {
	net.Conn
	*bufio.Reader
}

var server = sync.OnceValue(func() client {
	connection, err := net.Dial("tcp", startServer())
	if err != nil {
		panic(err)
	}
	return client{connection, bufio.NewReader(connection)}
})
