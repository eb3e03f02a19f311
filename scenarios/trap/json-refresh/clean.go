package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	yard "leakyard/kit/go"
)

const entryCount = 3181

// An entry is what there is of an activity. Its rules are a text in JSON.
type entry struct {
	id, weight int64
	rules      []byte
}

type rules struct {
	ID     int64  `json:"id"`
	Weight int64  `json:"weight"`
	Terms  string `json:"terms"`
}

var (
	database = answer()
	entries  map[int64]*entry // as of this minute
)

// answer is what the database says when it is asked for all of them: one after the other.
func answer() []byte {
	var all []byte
	terms := strings.Repeat("One voucher a user and day, while there are any. ", 8)
	for id := range int64(entryCount) {
		all = fmt.Appendf(all, `{"id":%d,"weight":%d,"terms":"%s"}`, id, id%13, terms)
	}
	return all
}

// refresh fetches all entries anew. Those of the minute before give way.
func refresh() {
	rows := json.NewDecoder(bytes.NewReader(database))
	fresh := make(map[int64]*entry, entryCount)
	for range entryCount {
		e := prepared(rows)
		fresh[e.id] = e
	}
	yard.Died(int64(len(entries)))
	entries = fresh
}

// prepared reads the next entry's rules, puts them right and writes them again.
func prepared(rows *json.Decoder) *entry {
	var r rules
	if err := rows.Decode(&r); err != nil {
		panic(err)
	}
	r.Weight++
	text, err := json.Marshal(&r)
	if err != nil {
		panic(err)
	}
	e := &entry{r.ID, r.Weight, text} // ALLOC
	yard.Track(e)
	return e
}
