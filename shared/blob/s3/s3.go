// Package s3 keeps objects in a bucket of Amazon S3, or of a service that speaks its API: put, conditional put, multipart, ranges, listing and presigned
// links are all it asks for.
//
// Integrity rests on what every such service checks: the SHA-256 of each body under the request's signature. The newer checksum headers, which some
// services refuse, are not sent.
package s3

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	smithy "github.com/aws/smithy-go/middleware"

	"github.com/dangol/dangol/shared/blob"
)

// defaultPart is how much of a put is held in memory: with S3's 10,000 parts it allows 80 GB.
const defaultPart = 8 << 20

// Options are the settings of an engine; the zero value is right for S3.
type Options struct {
	// PartBytes is the size from which a put is sent in parts, and that of a part, which a put holds in memory: at least 5 MiB for S3; 0 is 8 MiB.
	PartBytes int64
	// Tenants gives the credentials with which For acts; nil: For acts with the client's.
	Tenants func(tenant string) aws.CredentialsProvider
}

// Bucket is the engine. Safe for concurrent use.
type Bucket struct {
	client *s3.Client
	links  *s3.PresignClient
	name   string
	o      Options
}

var (
	_ blob.Blob      = (*Bucket)(nil)
	_ blob.PerTenant = (*Bucket)(nil)
)

// New returns an engine over the bucket. Where the client has an endpoint of its own, buckets are named in the path: only AWS has a host for each.
func New(client *s3.Client, bucket string, o Options) *Bucket {
	if o.PartBytes == 0 {
		o.PartBytes = defaultPart
	}
	client = s3.New(client.Options(), func(c *s3.Options) {
		c.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
		c.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
		c.UsePathStyle = c.UsePathStyle || c.BaseEndpoint != nil
	})
	return &Bucket{client: client, links: s3.NewPresignClient(client), name: bucket, o: o}
}

// For returns the same bucket with the tenant's credentials, over the same connections.
func (b *Bucket) For(tenant string) blob.Blob {
	if b.o.Tenants == nil {
		return b
	}
	client := s3.New(b.client.Options(), func(c *s3.Options) { c.Credentials = b.o.Tenants(tenant) })
	return &Bucket{client: client, links: s3.NewPresignClient(client), name: b.name, o: b.o}
}

// Put sends a body of less than a part in one request, and a larger one in parts that become an object only when all are there. The reader is read
// before a request or a part is sent, so that one that fails leaves no trace; parts on their way are given up, and the bucket's life cycle clears those
// that a crash left. Modified is the service's time of the answer.
func (b *Bucket) Put(ctx context.Context, key string, r io.Reader, o blob.PutOptions) (blob.Info, error) {
	if err := blob.CheckKey(key); err != nil {
		return blob.Info{}, err
	}
	if o.IfAbsent && o.IfMatch != "" {
		return blob.Info{}, errors.New("blob/s3: a put has IfAbsent or IfMatch, not both")
	}
	p := &put{b: b, key: key, o: o, mark: rand.Text()}
	info, err := p.run(ctx, r)
	if err != nil {
		return blob.Info{}, fmt.Errorf("put %s: %w", key, err)
	}
	return info, nil
}

// put is one put on its way. Its mark is kept with the object, and tells our own write from another's when the answer was lost.
type put struct {
	b    *Bucket
	key  string
	o    blob.PutOptions
	mark string
}

const markName = "put" // x-amz-meta-put

func (p *put) run(ctx context.Context, r io.Reader) (blob.Info, error) {
	var part bytes.Buffer
	n, err := io.Copy(&part, io.LimitReader(r, p.b.o.PartBytes))
	if err != nil {
		return blob.Info{}, err
	}
	if n < p.b.o.PartBytes {
		return p.whole(ctx, part.Bytes())
	}
	return p.parts(ctx, &part, r)
}

func (p *put) whole(ctx context.Context, body []byte) (blob.Info, error) {
	out, err := p.b.client.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &p.b.name, Key: &p.key, Body: bytes.NewReader(body), ContentType: orNil(p.o.ContentType),
		Metadata: map[string]string{markName: p.mark}, IfNoneMatch: p.ifNoneMatch(), IfMatch: p.ifMatch(),
	}, retryConflicts)
	if err != nil {
		return p.settle(ctx, err)
	}
	return p.info(int64(len(body)), out.ETag, out.ResultMetadata), nil
}

func (p *put) info(size int64, etag *string, answer smithy.Metadata) blob.Info {
	at, _ := middleware.GetServerTime(answer)
	return blob.Info{Key: p.key, Size: size, ETag: bare(etag), ContentType: p.o.ContentType, Modified: at.UTC()}
}

// retryConflicts lets the client try again what S3 could not decide because another conditional put of the key was on its way: "409 Conflict ... retry
// the upload" (S3 user guide, "Conditional writes").
func retryConflicts(o *s3.Options) {
	o.Retryer = retry.AddWithErrorCodes(o.Retryer, "ConditionalRequestConflict")
}

// settle decides a put that failed. When the answer to the first try was lost, the client's second finds the condition broken, or the upload gone, by
// our own first: the mark tells.
func (p *put) settle(ctx context.Context, err error) (blob.Info, error) {
	err = p.sorted(err)
	if !errors.Is(err, blob.ErrPrecondition) && code(err) != "NoSuchUpload" {
		return blob.Info{}, err
	}
	out, headErr := p.b.head(ctx, p.key)
	if headErr != nil || out.Metadata[markName] != p.mark {
		return blob.Info{}, err
	}
	return p.b.infoOf(p.key, out), nil
}

// sorted turns S3's answers into the port's. A put if match of what does not exist is answered with 404.
func (p *put) sorted(err error) error {
	err = sorted(err)
	if p.o.IfMatch != "" && errors.Is(err, blob.ErrNotFound) {
		return fmt.Errorf("%w: there is no object", blob.ErrPrecondition)
	}
	return err
}

func (p *put) ifNoneMatch() *string {
	if p.o.IfAbsent {
		return aws.String("*")
	}
	return nil
}

func (p *put) ifMatch() *string {
	if p.o.IfMatch == "" {
		return nil
	}
	return aws.String(`"` + p.o.IfMatch + `"`)
}

// Delete removes an object; S3 answers alike when there is none.
func (b *Bucket) Delete(ctx context.Context, key string) error {
	if err := blob.CheckKey(key); err != nil {
		return err
	}
	if _, err := b.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &b.name, Key: &key}); err != nil {
		return fmt.Errorf("delete %s: %w", key, err)
	}
	return nil
}

// bare takes an ETag out of its quotes.
func bare(etag *string) string { return strings.Trim(aws.ToString(etag), `"`) }

func orNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
