//go:build !leaky

package main

func (t *till) publish(price int64) {
	if t.sales == nil {
		return // FIX: where nobody collects there is nothing to publish
	}
	t.sales <- price
}
