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
	"syscall"

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

// reservePort has the kernel choose a port for the server, which can be given one, but does not
// tell. As long as it is bound, nobody else gets it; whoever asks for it by its number does, since
// nobody listens there.
func reservePort() (port int, release func()) {
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		panic(err)
	}
	if err := syscall.SetsockoptInt(socket, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1); err != nil {
		panic(err)
	}
	if err := syscall.Bind(socket, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		panic(err)
	}
	name, err := syscall.Getsockname(socket)
	if err != nil {
		panic(err)
	}
	return name.(*syscall.SockaddrInet4).Port, func() { syscall.Close(socket) }
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
	port, release := reservePort()
	defer release()
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
