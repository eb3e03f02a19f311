//go:build leaky

package main

func leave(name string) {
	delete(voices, name) // LEAK: the entry is gone, and with it the only way to the decoder
}
