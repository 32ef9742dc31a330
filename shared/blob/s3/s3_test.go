package s3_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/blobtest"
	"github.com/dangol/dangol/shared/blob/s3"
	"github.com/dangol/dangol/shared/testkit/awsplace"
)

func TestSuiteOverAWS(t *testing.T) {
	client := clientOf(awsplace.Config(t))
	blobtest.Run(t, func(t *testing.T) blobtest.Subject {
		t.Parallel()
		bucket := newBucket(t, client)
		open := func() blob.Blob { return s3.New(client, bucket, s3.Options{}) }
		return blobtest.Subject{Blob: open(), Restart: open, Advance: time.Sleep, LinkLife: 2 * time.Second, Rounds: 10}
	}, blobtest.Exemption{
		Scenario: "an upload that is too large is refused",
		Reason:   "a presigned PUT bounds no size (see UploadURL); who opens the file checks it",
	})
}

func clientOf(cfg aws.Config) *awss3.Client {
	return awss3.NewFromConfig(cfg, func(o *awss3.Options) { o.UsePathStyle = o.BaseEndpoint != nil })
}

func newBucket(t *testing.T, client *awss3.Client) string {
	t.Helper()
	name := "dangol-" + strings.ToLower(rand.Text())
	in := &awss3.CreateBucketInput{Bucket: &name}
	if region := client.Options().Region; region != "us-east-1" {
		in.CreateBucketConfiguration = &types.CreateBucketConfiguration{LocationConstraint: types.BucketLocationConstraint(region)}
	}
	if _, err := client.CreateBucket(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { removeBucket(t, client, name) })
	return name
}

func removeBucket(t *testing.T, client *awss3.Client, name string) {
	t.Helper()
	ctx := context.Background()
	b := s3.New(client, name, s3.Options{})
	left, err := b.List(ctx, "", "", 100_000)
	if err != nil {
		t.Errorf("bucket %s is left behind: %v", name, err)
	}
	for _, o := range left {
		if err := b.Delete(ctx, o.Key); err != nil {
			t.Error(err)
		}
	}
	if _, err := client.DeleteBucket(ctx, &awss3.DeleteBucketInput{Bucket: &name}); err != nil {
		t.Errorf("bucket %s is left behind: %v", name, err)
	}
}
