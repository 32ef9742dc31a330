// Package stagetest makes a stage for the tests of operators' commands, in a place that speaks AWS's API: tables, a bucket and queues under the names that
// infra gives them, found by the environment as a command finds them. It ends with the test.
package stagetest

import (
	"context"
	"crypto/rand"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/dangol/dangol/shared/cloud/operator"
	"github.com/dangol/dangol/shared/table/dynamo"
	"github.com/dangol/dangol/shared/table/dynamo/dynamotest"
	"github.com/dangol/dangol/shared/testkit/awsplace"
)

// Stage is a stage of the place.
type Stage struct {
	*operator.Place
	t   testing.TB
	cfg aws.Config
}

// New names a stage that no run before has used, or skips the test where there is no place. DynamoDB Local is preferred for its tables, by the variable
// that the emulators set: it is eight times as fast as LocalStack.
func New(t *testing.T) *Stage {
	t.Helper()
	cfg := awsplace.Config(t)
	if url := os.Getenv("DANGOL_DYNAMODB_URL"); url != "" {
		t.Setenv("AWS_ENDPOINT_URL_DYNAMODB", url)
	}
	place, err := operator.Open(t.Context(), "t"+strings.ToLower(rand.Text()[:10]), "", "")
	must(t, err)
	return &Stage{place, t, cfg}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// CreateTables makes the four tables.
func (s *Stage) CreateTables() {
	s.t.Helper()
	client := dynamodb.NewFromConfig(s.cfg, func(o *dynamodb.Options) {
		if url := os.Getenv("AWS_ENDPOINT_URL_DYNAMODB"); url != "" {
			o.BaseEndpoint = &url
		}
		o.DisableValidateResponseChecksum = true
	})
	names := dynamo.Names(s.Name(""))
	must(s.t, dynamotest.Create(s.t.Context(), client, names))
	s.t.Cleanup(func() {
		if err := dynamotest.Delete(context.WithoutCancel(s.t.Context()), client, names); err != nil {
			s.t.Error(err)
		}
	})
}

// CreateBucket makes a bucket of the stage and returns its name.
func (s *Stage) CreateBucket(what string) string {
	s.t.Helper()
	client := awss3.NewFromConfig(s.cfg, func(o *awss3.Options) { o.UsePathStyle = o.BaseEndpoint != nil })
	name := s.Name(what)
	in := &awss3.CreateBucketInput{Bucket: &name}
	if s.cfg.Region != "us-east-1" {
		in.CreateBucketConfiguration = &s3types.CreateBucketConfiguration{LocationConstraint: s3types.BucketLocationConstraint(s.cfg.Region)}
	}
	_, err := client.CreateBucket(s.t.Context(), in)
	must(s.t, err)
	s.t.Cleanup(func() { s.removeBucket(client, name) })
	return name
}

func (s *Stage) removeBucket(client *awss3.Client, name string) {
	ctx := context.Background()
	left, err := s.Bucket(name).List(ctx, "", "", 100_000)
	if err != nil {
		s.t.Errorf("bucket %s is left behind: %v", name, err)
	}
	for _, o := range left {
		if err := s.Bucket(name).Delete(ctx, o.Key); err != nil {
			s.t.Error(err)
		}
	}
	if _, err := client.DeleteBucket(ctx, &awss3.DeleteBucketInput{Bucket: &name}); err != nil {
		s.t.Errorf("bucket %s is left behind: %v", name, err)
	}
}

// CreateQueue makes a queue.
func (s *Stage) CreateQueue(what string) {
	s.t.Helper()
	client := sqs.NewFromConfig(s.cfg)
	out, err := client.CreateQueue(s.t.Context(), &sqs.CreateQueueInput{QueueName: aws.String(s.Name(what))})
	must(s.t, err)
	s.t.Cleanup(func() {
		if _, err := client.DeleteQueue(context.Background(), &sqs.DeleteQueueInput{QueueUrl: out.QueueUrl}); err != nil {
			s.t.Errorf("queue %s is left behind: %v", s.Name(what), err)
		}
	})
}
