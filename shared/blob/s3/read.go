package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"

	"github.com/dangol/dangol/shared/blob"
)

// Get opens an object from offset, for n bytes. A range that starts at the end or behind it is empty, one that ends behind it is cut. A connection that
// breaks fails the read; what was read is right, and another Get may go on from there, with IfMatch's care about the ETag.
func (b *Bucket) Get(ctx context.Context, key string, offset, n int64) (io.ReadCloser, blob.Info, error) {
	if offset < 0 {
		return nil, blob.Info{}, fmt.Errorf("get %s: negative offset", key)
	}
	if err := blob.CheckKey(key); err != nil {
		return nil, blob.Info{}, err
	}
	if n == 0 {
		return b.nothing(ctx, key)
	}
	out, err := b.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &b.name, Key: &key, Range: rangeOf(offset, n)})
	if code(err) == "InvalidRange" { // 416: behind the end
		return b.nothing(ctx, key)
	}
	if err != nil {
		return nil, blob.Info{}, fmt.Errorf("get %s: %w", key, sorted(err))
	}
	info := blob.Info{Key: key, Size: aws.ToInt64(out.ContentLength), ETag: bare(out.ETag), ContentType: typeOf(out.ContentType), Modified: aws.ToTime(out.LastModified)}
	if out.ContentRange != nil {
		if info.Size, err = sizeOf(*out.ContentRange); err != nil {
			return nil, blob.Info{}, errors.Join(fmt.Errorf("get %s: %w", key, err), out.Body.Close())
		}
	}
	return out.Body, info, nil
}

// nothing is the empty range of an object.
func (b *Bucket) nothing(ctx context.Context, key string) (io.ReadCloser, blob.Info, error) {
	info, err := b.Head(ctx, key)
	if err != nil {
		return nil, info, err
	}
	return http.NoBody, info, nil
}

// rangeOf words a range per RFC 9110, 14.1.2; all of the object needs none.
func rangeOf(offset, n int64) *string {
	switch {
	case offset == 0 && n < 0:
		return nil
	case n < 0 || offset+n < offset: // to the end
		return aws.String(fmt.Sprintf("bytes=%d-", offset))
	}
	return aws.String(fmt.Sprintf("bytes=%d-%d", offset, offset+n-1))
}

// sizeOf reads the size of the whole object from "bytes 0-9/200".
func sizeOf(contentRange string) (int64, error) {
	_, size, _ := strings.Cut(contentRange, "/")
	n, err := strconv.ParseInt(size, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("the answer's range %q names no size", contentRange)
	}
	return n, nil
}

// Head describes an object.
func (b *Bucket) Head(ctx context.Context, key string) (blob.Info, error) {
	if err := blob.CheckKey(key); err != nil {
		return blob.Info{}, err
	}
	out, err := b.head(ctx, key)
	if err != nil {
		return blob.Info{}, fmt.Errorf("head %s: %w", key, sorted(err))
	}
	return b.infoOf(key, out), nil
}

func (b *Bucket) head(ctx context.Context, key string) (*s3.HeadObjectOutput, error) {
	return b.client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &b.name, Key: &key})
}

func (b *Bucket) infoOf(key string, h *s3.HeadObjectOutput) blob.Info {
	return blob.Info{Key: key, Size: aws.ToInt64(h.ContentLength), ETag: bare(h.ETag), ContentType: typeOf(h.ContentType), Modified: aws.ToTime(h.LastModified)}
}

// typeOf leaves out the type that S3 gives to objects without one.
func typeOf(contentType *string) string {
	if t := aws.ToString(contentType); t != "binary/octet-stream" {
		return t
	}
	return ""
}

// maxPage is how many keys S3 lists in one answer.
const maxPage = 1000

// List reads pages of S3's listing, which is in the order of the keys' bytes. ContentType is left out: S3 does not list it. Keys travel escaped, since
// XML could not hold every character.
func (b *Bucket) List(ctx context.Context, prefix, after string, limit int) ([]blob.Info, error) {
	var found []blob.Info
	in := &s3.ListObjectsV2Input{Bucket: &b.name, Prefix: &prefix, StartAfter: orNil(after), EncodingType: types.EncodingTypeUrl}
	for len(found) < limit {
		in.MaxKeys = aws.Int32(int32(min(limit-len(found), maxPage)))
		out, err := b.client.ListObjectsV2(ctx, in)
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", prefix, err)
		}
		for _, o := range out.Contents {
			key, err := url.QueryUnescape(aws.ToString(o.Key))
			if err != nil {
				return nil, fmt.Errorf("list %s: %w", prefix, err)
			}
			found = append(found, blob.Info{Key: key, Size: aws.ToInt64(o.Size), ETag: bare(o.ETag), Modified: aws.ToTime(o.LastModified)})
		}
		if !aws.ToBool(out.IsTruncated) || out.NextContinuationToken == nil {
			break
		}
		in.ContinuationToken = out.NextContinuationToken
	}
	return found, nil
}

// sorted turns S3's errors into the port's; their text stays. A bucket that is missing is no missing object, except for Head, whose answer has no body
// to tell by.
func sorted(err error) error {
	switch code(err) {
	case "NoSuchKey", "NotFound":
		return fmt.Errorf("%w: %w", blob.ErrNotFound, err)
	case "PreconditionFailed":
		return fmt.Errorf("%w: %w", blob.ErrPrecondition, err)
	}
	return err
}

// code is S3's name of an error, or "".
func code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}
