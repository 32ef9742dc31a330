package cloudstand

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	sqstypes "github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/signed"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo"
	"github.com/dangol/dangol/shared/table/dynamo/dynamotest"
)

// account is what a stage has on AWS besides its functions, made for one run under names of its own.
type account struct {
	cfg      aws.Config
	tables   aws.Config // the same, at the endpoint of the tables
	prefix   string     // of every name
	streams  []string
	settings map[string]string // what infra would tell a function that may do everything
}

// newAccount makes the stage.
func newAccount(ctx context.Context, cfg aws.Config, prefix string) (*account, error) {
	a := &account{cfg: cfg, tables: cfg, prefix: prefix, settings: map[string]string{}}
	if endpoint := os.Getenv("DANGOL_DYNAMODB_URL"); endpoint != "" {
		a.tables.BaseEndpoint = &endpoint // its streams are DynamoDB's own; LocalStack copies them through another service, and loses records
	}
	if err := a.makeTables(ctx); err != nil {
		return nil, err
	}
	for _, n := range catalogue.Queues() {
		if err := a.makeQueue(ctx, n); err != nil {
			return nil, err
		}
	}
	if err := a.makeBucket(ctx); err != nil {
		return nil, err
	}
	return a, a.makeSecret(ctx)
}

func (a *account) makeTables(ctx context.Context) error {
	client, names := dynamodb.NewFromConfig(a.tables), dynamo.Names(a.prefix)
	if err := dynamotest.Create(ctx, client, names); err != nil {
		return err
	}
	for n, name := range names {
		a.settings["DANGOL_TABLE_"+strings.ToUpper(string(n))] = name
		made, err := client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &name})
		if err != nil {
			return err
		}
		if n != table.Identity { // it has no feed
			a.streams = append(a.streams, aws.ToString(made.Table.LatestStreamArn))
		}
	}
	return nil
}

// makeQueue makes a queue with the queue of its dead letters.
func (a *account) makeQueue(ctx context.Context, n queue.Name) error {
	client := sqs.NewFromConfig(a.cfg)
	dead, err := client.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: aws.String(a.prefix + string(n) + "-dead")})
	if err != nil {
		return fmt.Errorf("make queue %s: %w", n, err)
	}
	named, err := client.GetQueueAttributes(ctx, &sqs.GetQueueAttributesInput{QueueUrl: dead.QueueUrl, AttributeNames: []sqstypes.QueueAttributeName{sqstypes.QueueAttributeNameQueueArn}})
	if err != nil {
		return fmt.Errorf("make queue %s: %w", n, err)
	}
	policy, err := json.Marshal(map[string]any{"deadLetterTargetArn": named.Attributes["QueueArn"], "maxReceiveCount": queue.MaxReceives})
	if err != nil {
		return err
	}
	work, err := client.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: aws.String(a.prefix + string(n)), Attributes: map[string]string{"RedrivePolicy": string(policy)}})
	if err != nil {
		return fmt.Errorf("make queue %s: %w", n, err)
	}
	a.settings["DANGOL_QUEUE_"+strings.ToUpper(string(n))] = aws.ToString(work.QueueUrl)
	return nil
}

func (a *account) makeBucket(ctx context.Context) error {
	name := a.prefix + "objects"
	client := s3.NewFromConfig(a.cfg, func(o *s3.Options) { o.UsePathStyle = true })
	_, err := client.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &name,
		CreateBucketConfiguration: &s3types.CreateBucketConfiguration{LocationConstraint: s3types.BucketLocationConstraint(a.cfg.Region)}})
	a.settings["DANGOL_BUCKET"] = name
	return err
}

func (a *account) makeSecret(ctx context.Context) error {
	k, err := identity.NewKeys()
	if err != nil {
		return err
	}
	raw, err := json.Marshal(k)
	if err != nil {
		return err
	}
	name := "/" + a.prefix + "keys"
	a.settings["DANGOL_SECRET"] = name
	body, err := json.Marshal(map[string]any{"Name": name, "Value": string(raw), "Type": "SecureString"})
	if err != nil {
		return err
	}
	_, err = signed.Caller{Service: "ssm", Config: a.cfg, Clock: clock.System{}}.JSON(ctx, "AmazonSSM.PutParameter", body)
	return err
}

// of is what infra tells one function: what its row lets it touch, and nothing else.
func (a *account) of(row catalogue.Function) map[string]string {
	all := maps.Clone(a.settings)
	for _, n := range table.Names() {
		if row.Tables[n] == catalogue.None {
			delete(all, "DANGOL_TABLE_"+strings.ToUpper(string(n)))
		}
	}
	if !row.Keys() {
		delete(all, "DANGOL_SECRET")
	}
	return all
}

// remove takes the stage away again.
func (a *account) remove(ctx context.Context) {
	_ = dynamotest.Delete(ctx, dynamodb.NewFromConfig(a.tables), dynamo.Names(a.prefix)) // an emulator forgets everything anyway
	queues := sqs.NewFromConfig(a.cfg)
	for name, value := range a.settings {
		if strings.HasPrefix(name, "DANGOL_QUEUE_") {
			_, _ = queues.DeleteQueue(ctx, &sqs.DeleteQueueInput{QueueUrl: aws.String(value)})
		}
	}
}
