//go:build leaky

package main

import (
	"github.com/douban/gobeansdb/cmem"
	"github.com/douban/gobeansdb/memcache"

	yard "leakyard/kit/go"
)

// read reads a reply by the library, which does as if a key came only once.
func (b *backend) read() (map[string]*memcache.Item, error) {
	var response memcache.Response
	before := cmem.AllocRL.Count
	err := response.Read(b.reader) /* ALLOC */ // LEAK: it puts each value into a map, over what is there
	yard.Born(cmem.AllocRL.Count - before)
	return response.Items, err
}
