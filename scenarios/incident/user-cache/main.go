// Works off messages about users: each may take part in some of the events that are on.
package main

import yard "leakyard/kit/go"

const (
	messages = 100 // in a minute
	inARow   = 20  // of so many the last is about the same user as the one before
	users    = 1_000_000
)

// chance is what a user has in one event: 80 bytes.
type chance struct {
	event, activity int64
	name, prize     string
	from, until     int64
	limit, weight   int64
}

// userCache keeps what was worked out for one user.
type userCache struct {
	user    int64
	chances map[string]chance
	weight  int64
}

// chancesOf goes through the events: a loop of sixty turns over what is in memory.
func chancesOf(user int64) *userCache {
	c := &userCache{user: user} // ALLOC
	yard.Track(c)
	c.chances = make(map[string]chance, len(events))
	for _, event := range events {
		c.chances[event.name] = event
		c.weight += event.weight * (user%7 + 1)
	}
	return c
}

var lastMessage int64

// userOf says whom a message is about. Few come back soon.
func userOf(message int64) int64 {
	if message%inARow == 0 {
		message--
	}
	return message * 748_367 % users
}

// A round is a minute.
func round() int64 {
	refresh()
	var total int64
	for range messages {
		lastMessage++
		total += handle(userOf(lastMessage))
	}
	return total
}

func handle(user int64) int64 {
	c := cached(user)
	return c.chances[events[user%int64(len(events))].name].weight + c.weight
}

func main() { yard.Main(round) }
