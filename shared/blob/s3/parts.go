package s3

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/dangol/dangol/shared/blob"
)

// abortTime is how long giving an upload up may take after the put's own context has ended.
const abortTime = 10 * time.Second

// parts sends a body in parts, one after the other, of which the first has been read. The condition is checked when the parts become the object; a
// conflict there cannot be tried again, since the reader is spent, and is returned.
func (p *put) parts(ctx context.Context, part *bytes.Buffer, r io.Reader) (blob.Info, error) {
	up, err := p.b.client.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{
		Bucket: &p.b.name, Key: &p.key, ContentType: orNil(p.o.ContentType), Metadata: map[string]string{markName: p.mark},
	})
	if err != nil {
		return blob.Info{}, err
	}
	done, size, err := p.sendParts(ctx, up.UploadId, part, r)
	if err != nil {
		return blob.Info{}, errors.Join(err, p.abort(ctx, up.UploadId))
	}
	info, err := p.complete(ctx, up.UploadId, done, size)
	if err != nil {
		return blob.Info{}, errors.Join(err, p.abort(ctx, up.UploadId))
	}
	return info, nil
}

func (p *put) sendParts(ctx context.Context, upload *string, part *bytes.Buffer, r io.Reader) (done []types.CompletedPart, size int64, err error) {
	for n := int64(part.Len()); n > 0; {
		number := aws.Int32(int32(len(done) + 1))
		out, err := p.b.client.UploadPart(ctx, &s3.UploadPartInput{
			Bucket: &p.b.name, Key: &p.key, UploadId: upload, PartNumber: number, Body: bytes.NewReader(part.Bytes()),
		})
		if err != nil {
			return nil, 0, fmt.Errorf("part %d: %w", *number, err)
		}
		done, size = append(done, types.CompletedPart{PartNumber: number, ETag: out.ETag}), size+n
		part.Reset()
		if n, err = io.Copy(part, io.LimitReader(r, p.b.o.PartBytes)); err != nil {
			return nil, 0, err
		}
	}
	return done, size, nil
}

func (p *put) complete(ctx context.Context, upload *string, done []types.CompletedPart, size int64) (blob.Info, error) {
	out, err := p.b.client.CompleteMultipartUpload(ctx, &s3.CompleteMultipartUploadInput{
		Bucket: &p.b.name, Key: &p.key, UploadId: upload, MultipartUpload: &types.CompletedMultipartUpload{Parts: done},
		IfNoneMatch: p.ifNoneMatch(), IfMatch: p.ifMatch(),
	})
	if err != nil {
		return p.settle(ctx, err)
	}
	return p.info(size, out.ETag, out.ResultMetadata), nil
}

// abort gives the parts up, also when ctx has ended. If that fails the bucket's life cycle clears them: nobody sees them meanwhile.
func (p *put) abort(ctx context.Context, upload *string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), abortTime)
	defer cancel()
	_, err := p.b.client.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: &p.b.name, Key: &p.key, UploadId: upload})
	if err != nil && code(err) != "NoSuchUpload" {
		return fmt.Errorf("give the upload up: %w", err)
	}
	return nil
}
