//go:build !leaky

package main

func run(name string, video []byte) (int64, error) {
	u := begin(name, video)
	defer u.end() // FIX: however the upload ends, its reports do too
	return u.send(video)
}
