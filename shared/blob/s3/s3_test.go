package s3_test

import (
	"context"
	"crypto/rand"
	"net/http"
	"os"
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
	}, exemptions(t, client)...)
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

// exemptions are those of S3, and those of a place that takes any signature for a good one.
func exemptions(t *testing.T, client *awss3.Client) []blobtest.Exemption {
	out := []blobtest.Exemption{{
		Scenario: "an upload that is too large is refused",
		Reason:   "a presigned PUT bounds no size (see UploadURL); who opens the file checks it",
	}}
	if checksSignatures(t, client) {
		return out
	}
	for _, scenario := range []string{
		"an upload of another type is refused", "a link that ran out is refused", "a link turned to another tenant is refused",
		"an upload link does not read and a download link does not write",
	} {
		out = append(out, blobtest.Exemption{Scenario: scenario, Reason: "this emulator checks no signatures (LocalStack does with S3_SKIP_SIGNATURE_VALIDATION=0)"})
	}
	return out
}

// checksSignatures tries a forged link.
func checksSignatures(t *testing.T, client *awss3.Client) bool {
	t.Helper()
	if os.Getenv("AWS_ENDPOINT_URL") == "" {
		return true
	}
	b := s3.New(client, newBucket(t, client), s3.Options{})
	if _, err := b.Put(t.Context(), "a", strings.NewReader("a"), blob.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	link, err := b.DownloadURL(t.Context(), "a", "a", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, strings.Replace(link, "X-Amz-Signature=", "X-Amz-Signature=0", 1), nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	return res.Body.Close() == nil && res.StatusCode != http.StatusOK
}
