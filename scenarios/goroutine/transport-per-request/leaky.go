//go:build leaky

package main

import "net/http"

func get(url string) (*http.Response, error) {
	return newClient().Get(url) // LEAK: the connection is kept for the client's next request, and there is none
}
