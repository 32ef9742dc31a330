// Package queues opens the queues that a function sends to on AWS.
package queues

import (
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awssqs "github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/queue/sqs"
)

// Open is a cloud.Part.
func Open(s cloud.Settings, cfg aws.Config, e *env.Env) error {
	urls := map[queue.Name]string{}
	for _, n := range catalogue.Queues() {
		if url := s("DANGOL_QUEUE_" + strings.ToUpper(string(n))); url != "" {
			urls[n] = url
		}
	}
	if len(urls) == 0 {
		return fmt.Errorf("the environment lacks every DANGOL_QUEUE_<NAME>")
	}
	e.Queue = sqs.New(awssqs.NewFromConfig(cfg), sqs.Options{URLs: urls, Clock: e.Clock})
	return nil
}
