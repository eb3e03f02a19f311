//go:build leaky

package main

import "github.com/douban/gobeansdb/memcache"

func (b *backend) getMulti(keys []string) (map[string]*memcache.Item, error) {
	if err := b.ask(keys); err != nil {
		return nil, err
	}
	response, err := b.reply()
	if err != nil {
		return nil, err // LEAK: the values that came before it broke off are in C memory
	}
	return response.Items, nil
}
