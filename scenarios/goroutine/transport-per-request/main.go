// Asks a warehouse how much is in stock. Shop and warehouse are in one process.
package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"time"

	yard "leakyard/kit/go"
)

// What comes with a connection: its reader and its writer here, and its server there.
const perConnection = 3

// What has not begun to answer by then will not.
const patience = 20 * time.Second

// newClient returns a client with a time limit, which http.DefaultClient does not have.
func newClient() *http.Client {
	yard.Born(perConnection)
	return &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: patience}} // ALLOC
}

var warehouse = sync.OnceValue(func() string {
	return httptest.NewServer(http.HandlerFunc(count)).URL
})

func count(reply http.ResponseWriter, request *http.Request) {
	article, err := strconv.Atoi(request.URL.Query().Get("article"))
	if err != nil {
		http.Error(reply, err.Error(), http.StatusBadRequest)
		return
	}
	fmt.Fprint(reply, article*31%50)
}

func inStock(article int) (int64, error) {
	response, err := get(fmt.Sprintf("%s/?article=%d", warehouse(), article))
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(string(text), 10, 64)
}

var lastArticle int

// A round is a customer who looks at one article.
func round() int64 {
	lastArticle++
	pieces, err := inStock(lastArticle)
	if err != nil {
		panic(err)
	}
	return pieces
}

func main() { yard.Main(round) }
