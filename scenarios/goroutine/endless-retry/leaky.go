//go:build leaky

package main

import (
	"time"

	yard "leakyard/kit/go"
)

func retry(s *subscriber, sold sale, err error) {
	defer yard.Died(1)
	for err != nil { // LEAK: who is gone for good answers with an error for ever
		time.Sleep(pause)
		err = s.post(sold)
	}
}
