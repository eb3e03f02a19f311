//go:build !leaky

package main

import (
	"errors"
	"time"

	yard "leakyard/kit/go"
)

func retry(s *subscriber, sold sale, err error) {
	defer yard.Died(1)
	for err != nil && !errors.Is(err, errGone) { // FIX: some errors do not pass
		time.Sleep(pause)
		err = s.post(sold)
	}
}
