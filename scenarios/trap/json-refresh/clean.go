package main

import (
	"encoding/json"
	"fmt"
	"strings"

	yard "leakyard/kit/go"
)

const entryCount = 3181

// An entry is what the database has of an activity: its rules are a text in JSON.
type entry struct {
	id, weight int64
	rules      []byte
}

type rules struct {
	Weight int64  `json:"weight"`
	Terms  string `json:"terms"`
}

var (
	database = stored()
	entries  map[int64]*entry // as of this minute
)

func stored() [][]byte {
	var all [][]byte
	terms := strings.Repeat("One voucher a user and day, while there are any. ", 8)
	for id := range int64(entryCount) {
		all = append(all, fmt.Appendf(nil, `{"weight":%d,"terms":"%s"}`, id%13, terms))
	}
	return all
}

// refresh fetches all entries anew. Those of the minute before give way.
func refresh() {
	fresh := make(map[int64]*entry, entryCount)
	for id, text := range database {
		fresh[int64(id)] = prepared(int64(id), text)
	}
	yard.Died(int64(len(entries)))
	entries = fresh
}

// prepared reads an entry's rules, puts them right and writes them again.
func prepared(id int64, text []byte) *entry {
	var r rules
	if err := json.Unmarshal(text, &r); err != nil {
		panic(err)
	}
	r.Weight++
	text, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	e := &entry{id, r.Weight, text} // ALLOC
	yard.Track(e)
	return e
}
