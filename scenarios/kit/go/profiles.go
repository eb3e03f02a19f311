package yard

import (
	"errors"
	"io"
	"runtime/pprof"
	"sync"
)

// Profiles are written as gzipped protobuf (profile.proto).

// The first profile allocates tables that would show up in the second.
var warmUpHeapProfile = sync.OnceValue(func() error {
	return pprof.Lookup("heap").WriteTo(io.Discard, 0)
})

func heapProfile(to io.Writer) error {
	if err := warmUpHeapProfile(); err != nil {
		return err
	}
	collect()
	return pprof.Lookup("heap").WriteTo(to, 0)
}

func goroutineProfile(to io.Writer) error {
	return pprof.Lookup("goroutine").WriteTo(to, 0)
}

func goroutineLeakProfile(to io.Writer) error {
	profile := pprof.Lookup("goroutineleak")
	if profile == nil {
		return errors.New("this program's runtime has no goroutineleak profile " +
			"(Go 1.26 has one when built with GOEXPERIMENT=goroutineleakprofile)")
	}
	return profile.WriteTo(to, 0)
}
