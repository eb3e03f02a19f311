//go:build leaky

package main

func (r *radio) tune(frequency int) {
	r.filter = design(frequency) // LEAK: the last station's filter is lost
}
