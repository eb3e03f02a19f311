//go:build !leaky

package main

import (
	"context"

	"github.com/apache/rocketmq-client-go/v2/primitive"
	"github.com/apache/rocketmq-client-go/v2/producer"
)

// Whatever the group was in the middle of, it is done.
type done struct{}

func (done) ExecuteLocalTransaction(*primitive.Message) primitive.LocalTransactionState {
	return primitive.CommitMessageState
}

func (done) CheckLocalTransaction(*primitive.MessageExt) primitive.LocalTransactionState {
	return primitive.CommitMessageState
}

// newSender has orders sent each as a transaction of its own.
func newSender(options ...producer.Option) (sender, error) {
	client, err := producer.NewTransactionProducer(done{}, options...) // FIX: it answers the broker, which asks no more
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, message *primitive.Message) (*primitive.SendResult, error) {
		result, err := client.SendMessageInTransaction(ctx, message) // ALLOC
		if err != nil {
			return nil, err
		}
		return result.SendResult, nil
	}, client.Start()
}
