//go:build goleak

package yard

import (
	"errors"
	"io"

	"go.uber.org/goleak"
)

// goleak asks to be linked in: only programs of the flavour that is built with this
// tag depend on its module.

func init() {
	agents["goleak-ignore-current"] = ignoreCurrent
	agents["goleak-find"] = findUnexpected
}

var current goleak.Option

// Whoever is there now is not looked for later.
func ignoreCurrent(to io.Writer) error {
	current = goleak.IgnoreCurrent()
	_, err := io.WriteString(to, "current goroutines are ignored\n")
	return err
}

// Find has no words for a clean end; an empty file would look like a lost one.
func findUnexpected(to io.Writer) error {
	if current == nil {
		return errors.New("nobody asked for goleak-ignore-current before")
	}
	report := "no unexpected goroutines"
	if unexpected := goleak.Find(current); unexpected != nil {
		report = unexpected.Error()
	}
	_, err := io.WriteString(to, report+"\n")
	return err
}
