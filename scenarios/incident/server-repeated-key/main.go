// gobeansdb, the server, and a blog that asks it for pictures.
package main

import (
	"fmt"
	"math/rand"
	"strings"
	"sync"

	yard "leakyard/kit/go"
)

const pictureBytes = 50021

// Noise, as pictures are when one wants to make them smaller.
var upload = sync.OnceFunc(func() {
	picture := make([]byte, pictureBytes)
	rand.New(rand.NewSource(1)).Read(picture)
	fmt.Fprintf(server().Conn, "set picture:1 0 0 %d\r\n%s\r\n", len(picture), picture)
	if line, err := server().ReadString('\n'); err != nil || line != "STORED\r\n" {
		panic(fmt.Sprint("the picture is not stored: ", line, err))
	}
})

// get asks for KEYS in one request, and returns how many bytes it gets.
func get(keys []string) int64 {
	fmt.Fprintf(server().Conn, "get %s\r\n", strings.Join(keys, " ")) // ALLOC
	yard.Born(int64(len(keys)))
	var bytes int64
	for {
		line, err := server().ReadString('\n')
		if err != nil {
			panic(err)
		}
		if line == "END\r\n" {
			return bytes
		}
		var key string
		var flag, length int
		if _, err := fmt.Sscanf(line, "VALUE %s %d %d", &key, &flag, &length); err != nil {
			panic(fmt.Sprint("the server says: ", line))
		}
		if _, err := server().Discard(length + len("\r\n")); err != nil {
			panic(err)
		}
		yard.Died(1)
		bytes += int64(length)
	}
}

// A round is a page with the author's picture at the top and at the bottom.
func round() int64 {
	upload()
	return fetch([]string{"picture:1", "picture:1"})
}

func main() { yard.Main(round) }
