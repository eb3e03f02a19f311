// Decorates the windows of a desktop. There are icons for everything, and a theme may
// have some of its own.
package main

// #include "icon.h"
import "C"

import yard "leakyard/kit/go"

type icons map[string]*C.struct_icon

func draw(shade int, names ...string) icons {
	drawn := icons{}
	for _, name := range names {
		drawn[name] = C.icon_draw(C.int(len(name)+2), C.int(shade))
		if drawn[name] == nil {
			panic("out of memory")
		}
		yard.Born(1)
	}
	return drawn
}

func free(icon *C.struct_icon) {
	if icon != nil {
		C.icon_free(icon)
		yard.Died(1)
	}
}

// A desktop frees its icons when it is closed.
func (d icons) close() {
	for _, icon := range d {
		free(icon)
	}
}

func (d icons) dark() int64 {
	var total int64
	for _, icon := range d {
		total += int64(C.icon_dark(icon))
	}
	return total
}

var lastUser int

// A round is somebody who logs in, has all icons shown, and logs out.
func round() int64 {
	lastUser++
	desktop := draw(128, "file", "folder", "printer", "wastebasket", "clock")
	desktop.lay(draw(lastUser%100, "folder", "wastebasket", "clock", "penguin"))
	defer desktop.close()
	return desktop.dark()
}

func main() { yard.Main(round) }
