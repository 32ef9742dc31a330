package s3_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"
	"testing/iotest"

	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/s3"
	"github.com/dangol/dangol/shared/testkit/awsplace"
)

// partBytes is the smallest part that S3 takes.
const partBytes = 5 << 20

// The suite's bodies fit into one request; these do not.
func TestPutsInPartsOverAWS(t *testing.T) {
	client := clientOf(awsplace.Config(t))
	bucket := newBucket(t, client)
	b := s3.New(client, bucket, s3.Options{PartBytes: partBytes})
	large, other := body("large", 2*partBytes+1), body("other", partBytes)
	first, err := b.Put(t.Context(), "large", bytes.NewReader(large), blob.PutOptions{ContentType: "text/csv", IfAbsent: true})
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		key  string
		r    io.Reader
		o    blob.PutOptions
		want error
	}{
		"if absent, over an object":  {"large", bytes.NewReader(other), blob.PutOptions{IfAbsent: true}, blob.ErrPrecondition},
		"if match, of another tag":   {"large", bytes.NewReader(other), blob.PutOptions{IfMatch: "0123"}, blob.ErrPrecondition},
		"if match, of nothing":       {"none", bytes.NewReader(other), blob.PutOptions{IfMatch: "0123"}, blob.ErrPrecondition},
		"a reader that fails later":  {"none", io.MultiReader(bytes.NewReader(large), iotest.ErrReader(errCable)), blob.PutOptions{}, errCable},
		"a reader that fails at end": {"none", io.MultiReader(bytes.NewReader(other), iotest.ErrReader(errCable)), blob.PutOptions{}, errCable},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if _, err := b.Put(t.Context(), c.key, c.r, c.o); !errors.Is(err, c.want) {
				t.Errorf("put: %v, want %v", err, c.want)
			}
		})
	}
	wantObject(t, b, first, large)
	replaced, err := b.Put(t.Context(), "large", bytes.NewReader(other), blob.PutOptions{IfMatch: first.ETag, ContentType: "text/plain"})
	if err != nil {
		t.Fatal(err)
	}
	wantObject(t, b, replaced, other)
	wantNothingElse(t, client, b, bucket)
}

var errCable = errors.New("cable pulled")

func body(text string, n int) []byte { return bytes.Repeat([]byte(text), n/len(text)+1)[:n] }

func wantObject(t *testing.T, b *s3.Bucket, put blob.Info, content []byte) {
	t.Helper()
	r, info, err := b.Get(t.Context(), put.Key, 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err := errors.Join(err, r.Close()); err != nil || !bytes.Equal(got, content) {
		t.Errorf("%d bytes, %v; want the %d that were put", len(got), err, len(content))
	}
	put.Modified = info.Modified // the object's is of the upload's start
	if info != put {
		t.Errorf("get says %+v, put said %+v", info, put)
	}
}

// wantNothingElse asserts that one object is there and no upload is under way.
func wantNothingElse(t *testing.T, client *awss3.Client, b *s3.Bucket, bucket string) {
	t.Helper()
	all, err := b.List(t.Context(), "", "", 10)
	if err != nil || len(all) != 1 {
		t.Errorf("objects %v, %v; want one", all, err)
	}
	uploads, err := client.ListMultipartUploads(t.Context(), &awss3.ListMultipartUploadsInput{Bucket: &bucket})
	if err != nil || len(uploads.Uploads) != 0 {
		t.Errorf("uploads under way: %v, %v; want none", fmt.Sprint(uploads), err)
	}
}
