//go:build leaky

package main

import yard "leakyard/kit/go"

// importPrices returns the sum of the valid rows. The others go to the log by way
// of a goroutine, so that a slow log does not hold up the import.
func importPrices(rows []row, log *rejectLog) int64 {
	rejected := make(chan row)
	yard.Born(1)
	go func() { // ALLOC
		defer yard.Died(1)
		for r := range rejected { // LEAK: nobody closes the channel, so the loop never ends
			log.add(r)
		}
	}()

	var total int64
	for _, r := range rows {
		if r.valid() {
			total += r.cents
		} else {
			rejected <- r
		}
	}
	return total
}
