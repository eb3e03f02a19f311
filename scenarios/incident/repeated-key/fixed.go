//go:build !leaky

package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/douban/gobeansdb/memcache"

	yard "leakyard/kit/go"
)

// read reads a reply value by value.
func (b *backend) read() (map[string]*memcache.Item, error) {
	items := make(map[string]*memcache.Item)
	for {
		line, err := b.reader.ReadString('\n')
		if err != nil || strings.HasPrefix(line, "END") {
			return items, err
		}
		key, item, err := b.readValue(line)
		if err != nil {
			return items, err
		}
		if before := items[key]; before != nil {
			free(before) // FIX: what a repeated key replaces gives its memory back
		}
		items[key] = item
	}
}

func (b *backend) readValue(line string) (key string, item *memcache.Item, err error) {
	var length int
	item = new(memcache.Item)
	if _, err := fmt.Sscanf(line, "VALUE %s %d %d", &key, &item.Flag, &length); err != nil {
		return key, item, fmt.Errorf("the backend said %q: %w", line, err)
	}
	if !item.Alloc(length) { // ALLOC
		panic("out of memory")
	}
	yard.Born(inC(item))
	if _, err := io.ReadFull(b.reader, item.Body); err != nil {
		return key, item, err
	}
	_, err = b.reader.Discard(len("\r\n"))
	return key, item, err
}
