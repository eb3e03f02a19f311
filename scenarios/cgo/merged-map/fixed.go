//go:build !leaky

package main

// lay lays a theme over the icons that there are.
func (d icons) lay(theme icons) {
	for name, icon := range theme {
		free(d[name]) // FIX: what gives way is freed
		d[name] = icon
	}
}
