package main

import (
	"sync"

	"github.com/douban/gobeansdb/memcache"
)

// getMulti asks all groups at the same time for what they hold of BKEYS.
func getMulti(bkeys []string) map[string]*memcache.Item {
	items := make(map[string]*memcache.Item, len(bkeys))
	var lock sync.Mutex
	var replies sync.WaitGroup
	for _, list := range divideKeysByGroup(bkeys) {
		if len(list) == 0 {
			continue
		}
		replies.Add(1)
		go func(keys []string) {
			defer replies.Done()
			found, err := fetch(bkeys)
			if err != nil {
				panic(err)
			}
			lock.Lock()
			defer lock.Unlock()
			for key, item := range found {
				items[key] = item
			}
		}(list)
	}
	replies.Wait()
	return items
}
