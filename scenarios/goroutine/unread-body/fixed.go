//go:build !leaky

package main

import (
	"net/http"

	yard "leakyard/kit/go"
)

// isOpen goes by the status alone.
func isOpen(branch string) bool {
	response, err := client.Get(service() + "/status/" + branch) // ALLOC
	if err != nil {
		return false
	}
	yard.Born(perConnection)
	defer yard.Died(perConnection)
	defer response.Body.Close() // FIX: unread, but closed
	return response.StatusCode == http.StatusOK
}
