// Package named opens a queue of a stage by its name, for the commands of operators. It stands apart from sqs because AWS's loader of a person's
// configuration comes with three more clients: 0.4 ms of the start of every function that links it.
package named

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/config"
	awssqs "github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/queue/sqs"
)

// Open opens one queue of a stage from outside, with the credentials and region of the environment. Queues bear the names that infra gives them.
func Open(ctx context.Context, stage string, name queue.Name) (*sqs.Queue, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the AWS configuration: %w", err)
	}
	client, onAWS := awssqs.NewFromConfig(cfg), "dangol-"+stage+"-"+string(name)
	out, err := client.GetQueueUrl(ctx, &awssqs.GetQueueUrlInput{QueueName: &onAWS})
	if err != nil {
		return nil, fmt.Errorf("find queue %s: %w", onAWS, err)
	}
	return sqs.New(client, sqs.Options{URLs: map[queue.Name]string{name: *out.QueueUrl}}), nil
}
