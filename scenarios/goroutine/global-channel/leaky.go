//go:build leaky

package main

// startCollector has samples sent to the address, if one is configured.
func startCollector(address string) {
	if address == "" {
		return // LEAK: now nobody ever receives, and those who send do not know
	}
	c := &collector{address: address}
	go func() {
		for s := range samples {
			c.send(s)
		}
	}()
}
