package main

import (
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
)

const (
	feedTries  = 10            // of one batch, each half as large as the last when it fails
	feedMaxAge = 6 * time.Hour // a record that failed this long goes aside; the stream keeps 24 h
)

// consume lets the function work the row's queue: failed messages alone come back, and at most Concurrency run at once.
func (st *stack) consume(row catalogue.Function, fn awslambda.Function, role awsiam.Role) {
	source := st.queues[row.Queue].work
	allow(role, []string{"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}, source.QueueArn())
	props := &awslambda.CfnEventSourceMappingProps{
		FunctionName: fn.FunctionName(), EventSourceArn: source.QueueArn(), BatchSize: jsii.Number(row.Batch),
		FunctionResponseTypes: jsii.Strings("ReportBatchItemFailures"),
	}
	if row.Concurrency > 0 {
		props.ScalingConfig = &awslambda.CfnEventSourceMapping_ScalingConfigProperty{MaximumConcurrency: jsii.Number(row.Concurrency)}
	}
	awslambda.NewCfnEventSourceMapping(st.scope, jsii.String("Source-"+row.Name), props)
}

// follow lets the function read the change feed of the row's tables. A batch that fails is cut in halves until the bad record stands alone; that
// one is set aside whole, so that one bad record never stops a shard for a day and can be replayed later.
func (st *stack) follow(row catalogue.Function, fn awslambda.Function, role awsiam.Role) {
	aside := st.newAside(row)
	allow(role, []string{"s3:PutObject"}, aside.ArnForObjects(jsii.String("*")))
	allow(role, []string{"s3:ListBucket"}, aside.BucketArn())
	allow(role, []string{"dynamodb:ListStreams"}, jsii.String("*")) // the action takes no resource
	for _, name := range row.Feed {
		stream := st.tables[name].TableStreamArn()
		allow(role, []string{"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"}, stream)
		awslambda.NewCfnEventSourceMapping(st.scope, jsii.String("Source-"+row.Name+"-"+string(name)), &awslambda.CfnEventSourceMappingProps{
			FunctionName: fn.FunctionName(), EventSourceArn: stream, BatchSize: jsii.Number(row.Batch),
			StartingPosition:               jsii.String("TRIM_HORIZON"),
			MaximumBatchingWindowInSeconds: jsii.Number(row.Window.Seconds()),
			FunctionResponseTypes:          jsii.Strings("ReportBatchItemFailures"),
			BisectBatchOnFunctionError:     jsii.Bool(true),
			MaximumRetryAttempts:           jsii.Number(feedTries),
			MaximumRecordAgeInSeconds:      jsii.Number(feedMaxAge.Seconds()),
			DestinationConfig: &awslambda.CfnEventSourceMapping_DestinationConfigProperty{
				OnFailure: &awslambda.CfnEventSourceMapping_OnFailureProperty{Destination: aside.BucketArn()},
			},
		})
	}
}
