// Publishes the pages of a site, and checks their links in the background.
package main

import (
	"log"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	yard "leakyard/kit/go"
)

// So many pages at a time, to be polite.
const places = 2

type page struct {
	title string
	links []*page
}

type checker struct {
	group   errgroup.Group
	checked atomic.Int64
}

// check looks a page up, and whatever it links to.
func (c *checker) check(p *page) error {
	yard.Born(1)
	defer yard.Died(1)
	c.checked.Add(1)
	for _, link := range p.links {
		c.add(link)
	}
	return nil
}

func (c *checker) run(start *page) {
	defer yard.Died(1)
	c.group.SetLimit(places)
	c.add(start)
	if err := c.group.Wait(); err != nil {
		log.Printf("%s: %v", start.title, err)
	}
}

// publish returns how many pages there are, without waiting for the check.
func publish(start *page) int64 {
	yard.Born(1)
	go new(checker).run(start) // ALLOC
	return count(start)
}

func count(p *page) int64 {
	pages := int64(1)
	for _, link := range p.links {
		pages += count(link)
	}
	return pages
}

// A round publishes a small site.
func round() int64 {
	team := &page{"Team", []*page{{title: "Anna"}, {title: "Bert"}}}
	shop := &page{"Shop", []*page{{title: "Basket"}}}
	return publish(&page{"Welcome", []*page{team, shop}})
}

func main() { yard.Main(round) }
