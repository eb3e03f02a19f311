package yard

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime/pprof"
	"strconv"
)

// The census counts what is outstanding by means that no detector uses: objects
// by weak pointers or finalizers, goroutines by a label that those which a round starts inherit.
// Both are there only if YARD_CENSUS is set, so that a detector's run is free of them.

var underCensus = os.Getenv("YARD_CENSUS") != ""

var labelled = pprof.WithLabels(context.Background(), pprof.Labels("yard", "round"))

// Labels the goroutines that are started from now on, until what it returns is called.
func labelRounds() func() {
	if !underCensus {
		return func() {}
	}
	pprof.SetGoroutineLabels(labelled)
	return func() { pprof.SetGoroutineLabels(context.Background()) }
}

func takeCensus(to io.Writer) error {
	if !underCensus {
		return errors.New("take a census: YARD_CENSUS was not set when the program started")
	}
	objects, err := watchedAlive()
	if err != nil {
		return err
	}
	goroutines, err := labelledGoroutines()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(to, "objects %d by %s\ngoroutines %d\n", objects, watchedBy, goroutines)
	return err
}

func labelledGoroutines() (int, error) {
	var profile bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&profile, 1); err != nil {
		return 0, err
	}
	// In its text form a record begins with its count; its labels are the next line.
	labelledRecord := regexp.MustCompile(`(?m)^(\d+) @.*\n# labels: \{.*"yard":"round".*\}$`)
	total := 0
	for _, record := range labelledRecord.FindAllSubmatch(profile.Bytes(), -1) {
		count, err := strconv.Atoi(string(record[1]))
		if err != nil {
			return 0, err
		}
		total += count
	}
	return total, nil
}
