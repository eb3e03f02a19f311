// What tools that look from within say of the real client's goroutines: in a test, where
// goleak is at home. The broker at YARD_SERVER asks five times at each send. With SHUTDOWN
// in the environment the client is shut down at the end, and looked at once more.
package client

import (
	"context"
	"fmt"
	"os"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"github.com/apache/rocketmq-client-go/v2/primitive"
	"github.com/apache/rocketmq-client-go/v2/producer"
	"go.uber.org/goleak"
)

const questions = 100 * 5

// How many in a profile stand in the callback. As text, a stack's first line begins with
// how many have it.
func stuckIn(t *testing.T, profile string) int {
	var text strings.Builder
	if err := pprof.Lookup(profile).WriteTo(&text, 1); err != nil {
		t.Fatal(err)
	}
	total, count := 0, 0
	for line := range strings.Lines(text.String()) {
		fmt.Sscanf(line, "%d @", &count)
		if strings.Contains(line, "GetOrNewRocketMQClient.func2+") {
			total += count
		}
	}
	return total
}

func checkGoleak(t *testing.T) {
	report := goleak.Find().Error()
	stuck := strings.Count(report, "in state chan send, with github.com/apache/rocketmq-client-go/v2/internal.GetOrNewRocketMQClient.func2")
	t.Logf("goleak: %d stuck, %d others", stuck, strings.Count(report, "Goroutine ")-stuck)
}

func options() []producer.Option {
	return []producer.Option{producer.WithGroupName("orders"),
		producer.WithNameServer([]string{os.Getenv("YARD_SERVER")})}
}

type plainProducer interface {
	Start() error
	Shutdown() error
	SendSync(ctx context.Context, messages ...*primitive.Message) (*primitive.SendResult, error)
}

func startPlain(t *testing.T) plainProducer {
	client, err := producer.NewDefaultProducer(options()...)
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Start(); err != nil {
		t.Fatal(err)
	}
	return client
}

func TestWhatIsLeft(t *testing.T) {
	client := startPlain(t)
	for range 100 {
		if _, err := client.SendSync(context.Background(), primitive.NewMessage("orders", []byte("order"))); err != nil {
			t.Fatal(err)
		}
	}
	// All questions are read; the goroutine of the last may not be there yet.
	for stuckIn(t, "goroutine") < questions {
		time.Sleep(time.Millisecond)
	}
	checkGoleak(t)
	t.Logf("registered: %d by goroutineleak", stuckIn(t, "goroutineleak"))
	if os.Getenv("SHUTDOWN") == "" {
		return
	}
	if err := client.Shutdown(); err != nil {
		t.Fatal(err)
	}
	// Some of the client's own sleep for another ten seconds and hold it until then; what is
	// held after three times as long is held for ever.
	for start := time.Now(); stuckIn(t, "goroutineleak") < questions && time.Since(start) < 30*time.Second; {
		time.Sleep(100 * time.Millisecond)
	}
	t.Logf("shut down: %d by goroutineleak, %d in all", stuckIn(t, "goroutineleak"), stuckIn(t, "goroutine"))
}

// A plain producer and one for transactions, in one group and one process.
func TestSecondOfAGroup(t *testing.T) {
	startPlain(t)
	second, err := producer.NewTransactionProducer(nil, options()...)
	if err == nil {
		err = second.Start()
	}
	t.Logf("second: %v", err)
}
