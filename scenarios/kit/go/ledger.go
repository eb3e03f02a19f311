package yard

import "sync/atomic"

var born, died atomic.Int64

// Born notes in the ledger that the scenario made so many units.
func Born(units int64) { born.Add(units) }

// Died notes in the ledger that the scenario properly gave up so many units.
func Died(units int64) { died.Add(units) }

// Track notes the birth of one unit that is an object of the Go heap. Under a
// census the kit also watches, by a weak pointer, whether the object is alive. An
// object must be of 16 bytes or more, or hold a pointer: smaller ones share a block.
func Track[T any](object *T) {
	Born(1)
	if underCensus {
		watch(object)
	}
}
