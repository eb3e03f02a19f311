//go:build leaky

package main

// receive takes in one upload. Somebody looks once, half way.
func receive(number int64) int64 {
	p := begin(number)
	var seen int64
	for part := range p.curve {
		p.curve[part] = p.done.Add(partBytes)
		if part == parts/2 {
			seen = percent(number)
		}
	}
	return seen + percent(number) // LEAK: the upload is complete, its entry stays in the map
}
