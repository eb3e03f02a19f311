// A proxy in front of a cluster of gobeansdb. Which group of hosts has a key is told by its bucket.
package main

import (
	"hash/fnv"
	"strings"

	"github.com/douban/gobeansdb/memcache"

	yard "leakyard/kit/go"
)

const buckets = 16

func groupOf(key string) int {
	if !yard.Stage("groups") {
		return 0
	}
	hash := fnv.New32a()
	hash.Write([]byte(key))
	return int(hash.Sum32()%buckets) % len(backends())
}

// splitByStore tells the keys of the cluster, bkeys, from those of another kind of store that
// is to be tried. Nobody has put anything into that yet.
func splitByStore(keys []string) (bkeys, ckeys []string) {
	for _, key := range keys {
		if yard.Stage("split") && strings.HasPrefix(key, "c:") {
			ckeys = append(ckeys, key)
		} else {
			bkeys = append(bkeys, key)
		}
	}
	return bkeys, ckeys
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

// show returns how many bytes of values KEYS have.
func show(keys []string) int64 {
	bkeys, ckeys := splitByStore(keys)
	if len(ckeys) > 0 {
		panic("the other store is not there yet")
	}
	var bytes int64
	for _, item := range getMulti(bkeys) {
		bytes += int64(len(item.Body))
		free(item)
	}
	return bytes
}

// A round is one request.
func round() int64 {
	keys := nextRequest()
	if yard.Stage("getm") {
		return show(keys)
	}
	var bytes int64
	for i := range keys {
		bytes += show(keys[i : i+1])
	}
	return bytes
}

func main() { yard.Main(round) }
