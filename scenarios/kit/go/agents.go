package yard

import (
	"fmt"
	"io"
	"strings"
	"syscall"
)

// An agent looks at the program from inside and writes what it saw.
type agent func(io.Writer) error

var agents = map[string]agent{
	"census":                takeCensus,
	"heap-profile":          heapProfile,
	"goroutine-profile":     goroutineProfile,
	"goroutineleak-profile": goroutineLeakProfile,
	"runtime-metrics":       runtimeMetrics,
}

// Returns the answer to the harness.
func look(name, path string) string {
	agent, known := agents[name]
	if !known {
		return fmt.Sprintf("cannot there is no agent %s in a Go program", name)
	}
	var seen strings.Builder
	if err := agent(&seen); err != nil {
		return cannot(err)
	}
	if err := write(path, seen.String()); err != nil {
		return cannot(fmt.Errorf("write %s: %w", path, err))
	}
	return "looked"
}

func cannot(err error) string {
	return "cannot " + strings.ReplaceAll(err.Error(), "\n", " ")
}

// By bare system calls: os.File would open the poller's descriptors.
func write(path, text string) error {
	file, err := syscall.Open(path, syscall.O_WRONLY|syscall.O_CREAT|syscall.O_TRUNC|syscall.O_CLOEXEC, 0o644)
	if err != nil {
		return err
	}
	for rest := []byte(text); len(rest) > 0; {
		length, err := uninterrupted(syscall.Write, file, rest)
		if err != nil {
			syscall.Close(file)
			return err
		}
		rest = rest[length:]
	}
	return syscall.Close(file)
}
