// A photo site's front page, while the backend is restarted: three albums are wanted.
package main

import (
	"bufio"
	"net"

	"github.com/douban/gobeansdb/memcache"

	yard "leakyard/kit/go"
)

var albums = []string{"album:1", "album:2", "album:3"}

// connect makes a new connection: each reply that breaks off is its connection's last one.
func connect() *backend {
	connection, err := net.Dial("tcp", yard.Servers()[0])
	if err != nil {
		panic(err)
	}
	return &backend{connection: connection, reader: bufio.NewReader(connection)}
}

// reply reads what the backend answers; on an error, as far as it came.
func (b *backend) reply() (memcache.Response, error) {
	var response memcache.Response
	err := response.Read(b.reader) // ALLOC
	for _, item := range response.Items {
		yard.Born(inC(item))
	}
	return response, err
}

// A round is one page: how many bytes of albums it shows, and one where it fails.
func round() int64 {
	backend := connect()
	defer backend.connection.Close()
	items, err := backend.getMulti(albums)
	if err != nil {
		return 1
	}
	var bytes int64
	for _, item := range items {
		bytes += int64(len(item.Body))
		free(item)
	}
	return bytes
}

func main() { yard.Main(round) }
