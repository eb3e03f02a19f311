package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"

	yard "leakyard/kit/go"
)

// Keeps one connection to each shop when it has nothing to do.
var client = http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1}}

// A shop has a listener; a connection to it has a reader and a writer here, and a
// server there.
const perShop = 4

var addresses = map[int]string{}

// address opens a shop for its first customer.
func address(shop int) string {
	if _, open := addresses[shop]; !open {
		server := httptest.NewServer(http.HandlerFunc(sell)) // ALLOC
		yard.Born(perShop)
		addresses[shop] = server.URL
	}
	return addresses[shop]
}

func sell(reply http.ResponseWriter, request *http.Request) {
	article, err := strconv.Atoi(request.URL.Query().Get("article"))
	if err != nil {
		http.Error(reply, err.Error(), http.StatusBadRequest)
		return
	}
	fmt.Fprint(reply, article*7%100+1)
}

func price(shop, article int) int64 {
	response, err := client.Get(fmt.Sprintf("%s/?article=%d", address(shop), article))
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		panic(err)
	}
	cents, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		panic(err)
	}
	return cents
}
