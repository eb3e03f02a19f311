//go:build leaky

package main

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
)

func forecast(town string) (int64, error) {
	response, err := ask(town)
	if err != nil {
		return 0, err
	}
	if response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s: %s", town, response.Status) // LEAK: such an answer has a body too
	}
	defer finish(response)
	degrees, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(string(degrees), 10, 64)
}
