//go:build leaky

package main

import (
	"context"

	"github.com/apache/rocketmq-client-go/v2/primitive"
	"github.com/apache/rocketmq-client-go/v2/producer"
)

// newSender has orders sent as they are.
func newSender(options ...producer.Option) (sender, error) {
	client, err := producer.NewDefaultProducer(options...) // LEAK: the broker's questions go into a channel that only a transaction producer reads
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, message *primitive.Message) (*primitive.SendResult, error) {
		return client.SendSync(ctx, message) // ALLOC
	}, client.Start()
}
