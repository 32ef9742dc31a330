package main

import (
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
)

// asideKept is how long a stream's failed records wait for replay: as long as other dead letters, and a week to find them.
const asideKept = deadKept + 7*24*time.Hour

// newAside makes the bucket in which Lambda sets aside what a stream's function gave up on. A queue as destination gets the place of the records alone,
// and the stream forgets them after a day; a bucket gets the records. Each object's name is put on the queue <function>-dead, so that the alarm on dead
// letters sees it and scripts/replay knows what to read.
// Source: AWS, Lambda developer guide, "Retain discarded records for a DynamoDB event source in Lambda".
func (st *stack) newAside(row catalogue.Function) awss3.Bucket {
	bucket := awss3.NewBucket(st.scope, jsii.String("Aside-"+row.Name), &awss3.BucketProps{
		BlockPublicAccess: awss3.BlockPublicAccess_BLOCK_ALL(),
		ObjectOwnership:   awss3.ObjectOwnership_BUCKET_OWNER_ENFORCED,
		EnforceSSL:        jsii.Bool(true),
		MinimumTLSVersion: jsii.Number(1.2),
		Encryption:        awss3.BucketEncryption_S3_MANAGED,
		RemovalPolicy:     st.settings.removal(),
		LifecycleRules:    &[]*awss3.LifecycleRule{{Expiration: duration(asideKept), AbortIncompleteMultipartUploadAfter: duration(halfUploadsKept)}},
	})
	dead := st.newDeadLetters(row.Name)
	policy := dead.AddToResourcePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Principals: &[]awsiam.IPrincipal{awsiam.NewServicePrincipal(jsii.String("s3.amazonaws.com"), nil)},
		Actions:    jsii.Strings("sqs:SendMessage"), Resources: &[]*string{dead.QueueArn()},
		// By account and not by the bucket's ARN, which would make each wait for the other; S3 tries the queue when the bucket is made.
		Conditions: &map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": st.scope.Account()}},
	}))
	low := bucket.Node().DefaultChild().(awss3.CfnBucket)
	low.SetNotificationConfiguration(&awss3.CfnBucket_NotificationConfigurationProperty{
		QueueConfigurations: &[]any{&awss3.CfnBucket_QueueConfigurationProperty{Event: jsii.String("s3:ObjectCreated:*"), Queue: dead.QueueArn()}},
	})
	low.Node().AddDependency(policy.PolicyDependable)
	return bucket
}
