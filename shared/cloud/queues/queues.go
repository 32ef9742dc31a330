// Package queues opens the queues that a function sends to on AWS.
package queues

import (
	"fmt"
	"strings"

	awssqs "github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/queue/sqs"
)

// Open is a cloud.Part.
func Open(g *cloud.Ground) error {
	urls := map[queue.Name]string{}
	for _, n := range catalogue.Queues() {
		if url := g.Settings("DANGOL_QUEUE_" + strings.ToUpper(string(n))); url != "" {
			urls[n] = url
		}
	}
	if len(urls) == 0 {
		return fmt.Errorf("the environment lacks every DANGOL_QUEUE_<NAME>")
	}
	g.Env.Queue = sqs.New(awssqs.NewFromConfig(g.Config), sqs.Options{URLs: urls, Clock: g.Env.Clock})
	return nil
}
