//go:build !leaky

package main

func (c *checker) add(p *page) {
	task := func() error { return c.check(p) }
	if !c.group.TryGo(task) { // FIX: where no place is free, who asks for one does it himself
		task()
	}
}
