// An editor that saves a text when nobody has typed for a while.
package main

import (
	"strings"
	"sync"
	"time"

	yard "leakyard/kit/go"
)

const quiet = 30 * time.Minute

type document struct {
	lock  sync.Mutex
	text  strings.Builder
	saved int64
	timer *time.Timer
}

func (d *document) save() {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.saved = int64(d.text.Len())
}

func (d *document) write(words string) {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.text.WriteString(words)
	if d.timer != nil {
		d.timer.Stop()
	}
	d.timer = d.saveLater()
}

// close saves at once.
func (d *document) close() int64 {
	d.timer.Stop()
	d.save()
	return d.saved
}

// A round writes a postcard.
func round() int64 {
	d := new(document)
	d.write("Dear aunt, ")
	d.write("the weather is fine. ")
	d.write("See you soon!")
	return d.close()
}

func main() { yard.Main(round) }
