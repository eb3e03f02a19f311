//go:build leaky

package main

func (c *checker) add(p *page) {
	// LEAK: waits for a place, in a task that does not give up its own
	c.group.Go(func() error { return c.check(p) })
}
