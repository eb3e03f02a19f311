// Shows an author how a draft will look, for as long as it is being edited.
package main

import (
	"context"
	"strings"
	"sync"

	yard "leakyard/kit/go"
)

type site struct {
	lock  sync.Mutex
	last  int
	pages map[int]string
}

func (s *site) add(text string) int {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.last++
	s.pages[s.last] = text
	return s.last
}

func (s *site) remove(page int) {
	s.lock.Lock()
	defer s.lock.Unlock()
	delete(s.pages, page)
}

func (s *site) get(page int) string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.pages[page]
}

var (
	previews = site{pages: map[int]string{}}
	drafts   = []string{"A day at the lake", "On the use of semicolons", "Soup"}
)

// edit returns how many words the preview shows.
func edit(draft string) int64 {
	editing, over := context.WithCancel(context.Background())
	defer over()
	online := make(chan int, 1)
	yard.Born(1)
	go serve(editing, draft, online) // ALLOC
	return int64(len(strings.Fields(previews.get(<-online))))
}

func round() int64 {
	var words int64
	for _, draft := range drafts {
		words += edit(draft)
	}
	return words
}

func main() { yard.Main(round) }
