package main

import (
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/queue"
)

// queuePair is a work queue with the queue of what it gave up on.
type queuePair struct{ work, dead awssqs.Queue }

// overrun is added to the consumer's timeout: a hop that died is taken up again this long after it could at latest have ended. AWS advises six
// timeouts to ride out throttled invocations; with a maximum concurrency on the source there are none, and a lost hop would wait half an hour.
const overrun = 30 * time.Second

// deadKept is as long as SQS keeps a message.
const deadKept = 14 * 24 * time.Hour

func (st *stack) newQueues(rows []catalogue.Function) map[queue.Name]queuePair {
	queues := map[queue.Name]queuePair{}
	for _, name := range catalogue.Queues() {
		dead := st.newDeadLetters(string(name))
		work := awssqs.NewQueue(st.scope, jsii.String("Queue-"+string(name)), &awssqs.QueueProps{
			QueueName:         st.settings.name(string(name)),
			VisibilityTimeout: duration(consumerTimeout(rows, name) + overrun),
			RetentionPeriod:   duration(deadKept),
			Encryption:        awssqs.QueueEncryption_SQS_MANAGED,
			EnforceSSL:        jsii.Bool(true),
			DeadLetterQueue:   &awssqs.DeadLetterQueue{Queue: dead, MaxReceiveCount: jsii.Number(queue.MaxReceives)},
		})
		queues[name] = queuePair{work, dead}
	}
	return queues
}

// newDeadLetters makes the queue in which the failures of a queue or of a stream wait for redrive.
func (st *stack) newDeadLetters(of string) awssqs.Queue {
	st.dead = append(st.dead, of)
	return awssqs.NewQueue(st.scope, jsii.String("Dead-"+of), &awssqs.QueueProps{
		QueueName:       st.settings.name(of + "-dead"),
		RetentionPeriod: duration(deadKept),
		Encryption:      awssqs.QueueEncryption_SQS_MANAGED,
		EnforceSSL:      jsii.Bool(true),
	})
}

// consumerTimeout is the timeout of the row that works the queue; the catalogue's own test proves that there is one.
func consumerTimeout(rows []catalogue.Function, name queue.Name) time.Duration {
	for _, r := range rows {
		if r.Queue == name {
			return r.Timeout
		}
	}
	return 0
}

func duration(d time.Duration) awscdk.Duration {
	return awscdk.Duration_Seconds(jsii.Number(d.Seconds()))
}
