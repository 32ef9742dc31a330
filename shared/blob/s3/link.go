package s3

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/dangol/dangol/shared/blob"
)

// maxLife is the longest that S3 honours a presigned link.
const maxLife = 7 * 24 * time.Hour

// UploadURL presigns a PUT. The type is signed and so must be sent as it is here; with "" any is taken. The size is not bound: a presigned PUT can sign
// one exact length, which nobody knows when the link is made, but no range, and a presigned POST, which can, would not be the `PUT uploadUrl` that the
// public API promises. S3 itself refuses what is over 5 GiB; whoever opens the file must hold its Size against the limit and delete what is over it.
//
// A link dies with the credentials that signed it, even before it expires: those of a Lambda live for some hours.
func (b *Bucket) UploadURL(ctx context.Context, key string, u blob.Upload) (string, error) {
	if err := checkLink(key, u.Expires); err != nil {
		return "", err
	}
	r, err := b.links.PresignPutObject(ctx, &s3.PutObjectInput{Bucket: &b.name, Key: &key, ContentType: orNil(u.ContentType)}, s3.WithPresignExpires(u.Expires))
	if err != nil {
		return "", fmt.Errorf("sign an upload of %s: %w", key, err)
	}
	return r.URL, nil
}

// DownloadURL presigns a GET that answers with the file name and forbids caches to keep it. The bucket's host is not the console's, and the file comes
// as an attachment: an uploaded page runs nowhere.
func (b *Bucket) DownloadURL(ctx context.Context, key, fileName string, expires time.Duration) (string, error) {
	if err := checkLink(key, expires); err != nil {
		return "", err
	}
	r, err := b.links.PresignGetObject(ctx, &s3.GetObjectInput{
		Bucket: &b.name, Key: &key,
		ResponseContentDisposition: aws.String(blob.Disposition(fileName)),
		ResponseCacheControl:       aws.String("private, no-store"),
	}, s3.WithPresignExpires(expires))
	if err != nil {
		return "", fmt.Errorf("sign a download of %s: %w", key, err)
	}
	return r.URL, nil
}

func checkLink(key string, life time.Duration) error {
	if life < time.Second || life > maxLife {
		return fmt.Errorf("blob/s3: a link for %v, want 1 s to %v", life, maxLife)
	}
	return blob.CheckKey(key)
}
