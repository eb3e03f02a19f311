//go:build !leaky

package main

import "github.com/douban/gobeansdb/memcache"

func (b *backend) getMulti(keys []string) (map[string]*memcache.Item, error) {
	if err := b.ask(keys); err != nil {
		return nil, err
	}
	response, err := b.reply()
	if err != nil {
		for _, item := range response.Items {
			free(item) // FIX: the values that came before it broke off
		}
		return nil, err
	}
	return response.Items, nil
}
