// An order service tells the rest of the house of each order, by RocketMQ.
package main

import (
	"context"
	"fmt"
	"sync"

	"github.com/apache/rocketmq-client-go/v2/primitive"
	"github.com/apache/rocketmq-client-go/v2/producer"

	yard "leakyard/kit/go"
)

// A sender is what both kinds of producer come to.
type sender func(ctx context.Context, message *primitive.Message) (*primitive.SendResult, error)

var send = sync.OnceValue(func() sender {
	send, err := newSender(producer.WithGroupName("orders"), producer.WithNameServer(yard.Servers()))
	if err != nil {
		panic(err)
	}
	return send
})

var orders int

// A round is one order: 1 once the broker has it.
func round() int64 {
	orders++
	message := primitive.NewMessage("orders", fmt.Appendf(nil, "order %d", orders))
	result, err := send()(context.Background(), message)
	if err != nil {
		panic(err)
	}
	if result.Status != primitive.SendOK {
		return 0
	}
	return 1
}

func main() { yard.Main(round) }
