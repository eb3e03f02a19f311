//go:build leaky

package main

import "maps"

// lay lays a theme over the icons that there are.
func (d icons) lay(theme icons) {
	maps.Copy(d, theme) // LEAK: where both have an icon of that name the old one is lost, with its C memory
}
