// A proxy in front of a cluster of gobeansdb. Which group of hosts has a key is told by its bucket.
package main

import (
	"hash/fnv"

	"github.com/douban/gobeansdb/memcache"

	yard "leakyard/kit/go"
)

const buckets = 16

// What the front page shows of eight users: two of them in each group.
var front = []string{"user:1", "user:2", "user:3", "user:4", "user:5", "user:6", "user:7", "user:8"}

func groupOf(key string) int {
	hash := fnv.New32a()
	hash.Write([]byte(key))
	return int(hash.Sum32()%buckets) % len(backends())
}

// divideKeysByGroup sorts KEYS by the group that holds them; some lists may be empty.
func divideKeysByGroup(keys []string) [][]string {
	lists := make([][]string, len(backends()))
	for _, key := range keys {
		group := groupOf(key)
		lists[group] = append(lists[group], key)
	}
	return lists
}

// fetch asks the group that holds the first of KEYS; the others are to be of its buckets too.
func fetch(keys []string) (map[string]*memcache.Item, error) {
	group := backends()[groupOf(keys[0])]
	group.lock.Lock()
	defer group.lock.Unlock()
	if err := group.ask(keys); err != nil {
		return nil, err
	}
	var response memcache.Response
	err := response.Read(group.reader) // ALLOC
	for _, item := range response.Items {
		yard.Born(inC(item))
	}
	return response.Items, err
}

// A round is one page: how many bytes of users' values it shows.
func round() int64 {
	var bytes int64
	for _, item := range getMulti(front) {
		bytes += int64(len(item.Body))
		free(item)
	}
	return bytes
}

func main() { yard.Main(round) }
