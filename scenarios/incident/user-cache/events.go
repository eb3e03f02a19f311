package main

import (
	"bytes"
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

// An entry is what there is of an activity. Its rules are a text in JSON.
type entry struct {
	id    int64
	rules []byte
}

type rules struct {
	ID     int64  `json:"id"`
	Weight int64  `json:"weight"`
	Terms  string `json:"terms"`
}

const entryCount = 3181

var (
	database = answer()
	entries  map[int64]entry // as of this minute
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

// refresh fetches all entries anew: their rules are read, put right and written again.
func refresh() {
	rows := json.NewDecoder(bytes.NewReader(database))
	fresh := make(map[int64]entry, entryCount)
	for range entryCount {
		var r rules
		if err := rows.Decode(&r); err != nil {
			panic(err)
		}
		r.Weight++
		text, err := json.Marshal(&r)
		if err != nil {
			panic(err)
		}
		fresh[r.ID] = entry{r.ID, text}
	}
	entries = fresh
}
