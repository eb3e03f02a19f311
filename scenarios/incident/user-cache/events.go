package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Events that are on.
var events = onNow(60)

func onNow(count int64) []chance {
	var on []chance
	for i := range count {
		on = append(on, chance{event: i, activity: i / 4, name: fmt.Sprintf("event-%02d", i),
			prize: "a voucher", from: 1_700_000_000, until: 1_800_000_000, limit: 3, weight: i%11 + 1})
	}
	return on
}

// An entry is what the database has of an activity: its rules are a text in JSON.
type entry struct {
	id    int64
	rules []byte
}

type rules struct {
	Weight int64  `json:"weight"`
	Terms  string `json:"terms"`
}

const entryCount = 3181

var (
	database = stored()
	entries  map[int64]entry // as of this minute
)

func stored() []entry {
	var all []entry
	terms := strings.Repeat("One voucher a user and day, while there are any. ", 8)
	for id := range int64(entryCount) {
		all = append(all, entry{id, fmt.Appendf(nil, `{"weight":%d,"terms":"%s"}`, id%13, terms)})
	}
	return all
}

// refresh fetches all entries anew: their rules are read, put right and written again.
func refresh() {
	fresh := make(map[int64]entry, entryCount)
	for _, row := range database {
		fresh[row.id] = entry{row.id, prepared(row.rules)}
	}
	entries = fresh
}

func prepared(text []byte) []byte {
	var r rules
	if err := json.Unmarshal(text, &r); err != nil {
		panic(err)
	}
	r.Weight++
	text, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	return text
}
