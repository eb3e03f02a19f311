// Makes small pictures of large ones.
package main

import (
	"fmt"

	yard "leakyard/kit/go"
)

type size struct{ width, height int }

type request struct {
	picture string
	size    string // such as 120x80
}

func parseSize(text string) (size, error) {
	var s size
	if _, err := fmt.Sscanf(text, "%dx%d", &s.width, &s.height); err != nil {
		return size{}, fmt.Errorf("size %q: %w", text, err)
	}
	return s, nil
}

type picture struct {
	size
	pixels []byte
}

// load stands for a slow disk.
func load(name string) picture {
	p := picture{size: size{320, 240}}
	p.pixels = make([]byte, p.width*p.height)
	for i := range p.pixels {
		p.pixels[i] = name[i%len(name)]
	}
	return p
}

// scale takes every so manieth pixel.
func (p picture) scale(to size) picture {
	small := picture{size: to, pixels: make([]byte, 0, to.width*to.height)}
	for y := range to.height {
		for x := range to.width {
			at := y*p.height/to.height*p.width + x*p.width/to.width
			small.pixels = append(small.pixels, p.pixels[at])
		}
	}
	return small
}

var requests = []request{
	{"beach", "120x80"},
	{"tower", "64x64"},
	{"horse", "120 x 80"},
	{"bridge", "160x90"},
	{"market", "auto"},
}

func round() int64 {
	var total int64
	for _, r := range requests {
		small, err := thumbnail(r)
		if err != nil {
			continue // the page shows a placeholder
		}
		for _, pixel := range small.pixels {
			total += int64(pixel)
		}
	}
	return total
}

func main() { yard.Main(round) }
