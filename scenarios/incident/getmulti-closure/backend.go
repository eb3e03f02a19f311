package main

import (
	"bufio"
	"net"
	"sync"

	"github.com/douban/gobeansdb/memcache"

	yard "leakyard/kit/go"
)

// A backend is one connection to a group of hosts that hold the same buckets.
type backend struct {
	lock       sync.Mutex
	connection net.Conn
	reader     *bufio.Reader
}

var backends = sync.OnceValue(func() []*backend {
	var all []*backend
	for _, address := range yard.Servers() {
		connection, err := net.Dial("tcp", address)
		if err != nil {
			panic(err)
		}
		all = append(all, &backend{connection: connection, reader: bufio.NewReader(connection)})
	}
	return all
})

// ask asks for all KEYS at once; the reply is to be read next.
func (b *backend) ask(keys []string) error {
	request := memcache.Request{Cmd: "get", Keys: keys}
	return request.Write(b.connection)
}

// How many C blocks the item has.
func inC(item *memcache.Item) int64 {
	if item.Addr == 0 {
		return 0
	}
	return 1
}

// Whoever gets an item frees it: a large value is C memory.
func free(item *memcache.Item) {
	yard.Died(inC(item))
	item.Free()
}
