//go:build leaky

package main

func (t *till) publish(price int64) {
	t.sales <- price // LEAK: where nobody collects there is no channel, and who sends to nil waits for ever
}
