package yard

import (
	"fmt"
	"io"
	"runtime/metrics"
)

// What a program holds, by the runtime's own counters. The collection after the last
// round has just swept the heap: what is counted there is alive.
var held = []metrics.Sample{
	{Name: "/sched/goroutines:goroutines"},
	{Name: "/sched/threads/total:threads"},
	{Name: "/gc/heap/objects:objects"},
	{Name: "/memory/classes/heap/objects:bytes"},
}

// Writes a line for each: its name and its value.
func runtimeMetrics(to io.Writer) error {
	metrics.Read(held)
	for _, metric := range held {
		if metric.Value.Kind() != metrics.KindUint64 {
			return fmt.Errorf("this program's runtime has no metric %s", metric.Name)
		}
		if _, err := fmt.Fprintln(to, metric.Name, metric.Value.Uint64()); err != nil {
			return err
		}
	}
	return nil
}
