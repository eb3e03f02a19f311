//go:build leaky

package main

import (
	"github.com/douban/gobeansdb/memcache"

	yard "leakyard/kit/go"
)

// read reads a reply by the library, which does as if a key came only once.
func (b *backend) read() (map[string]*memcache.Item, error) {
	var response memcache.Response
	err := response.Read(b.reader) /* ALLOC */ // LEAK: it puts each value into a map, over what is there
	yard.Born(2 * int64(len(response.Items)))
	return response.Items, err
}
