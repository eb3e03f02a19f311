// A photo site's front page: three albums, fetched by one request.
package main

import (
	"github.com/douban/gobeansdb/memcache"

	yard "leakyard/kit/go"
)

var albums = []string{"album:1", "album:2", "album:3"}

func getMulti(keys []string) map[string]*memcache.Item {
	backend := backends()[0]
	if err := backend.ask(keys); err != nil {
		panic(err)
	}
	items, err := backend.read()
	if err != nil {
		panic(err)
	}
	return items
}

// A round is one page: how many bytes of albums it shows.
func round() int64 {
	var bytes int64
	for _, item := range getMulti(albums) {
		bytes += int64(len(item.Body))
		free(item)
	}
	return bytes
}

func main() { yard.Main(round) }
