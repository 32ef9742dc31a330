package main

import (
	"context"
	"fmt"
	"io/fs"
	"mime"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/dangol/dangol/infra/stage"
)

// built is the folder of the built console, from infra/.
const built = "../web/dist"

// console puts the built console into its bucket: first the files that are named by their content, which the page of before does not use, and last the page
// that uses them, so that nobody gets a page whose scripts are not there yet. Files of earlier builds stay, for those who have the earlier page open.
func (p *place) console(ctx context.Context) error {
	buckets, err := p.buckets(ctx, stage.SiteBucket)
	if err != nil {
		return err
	}
	if len(buckets) != 1 {
		return fmt.Errorf("%s has no bucket for the console: deploy it first", stage.Stack(p.stage))
	}
	names, err := files(built)
	if err != nil {
		return fmt.Errorf("read the built console: %w", err)
	}
	for _, name := range names {
		if err := p.put(ctx, buckets[0], name); err != nil {
			return err
		}
	}
	fmt.Printf("console: %d files in %s\n", len(names), buckets[0])
	return nil
}

// files lists a folder's files, slash-separated, the page last.
func files(folder string) (names []string, err error) {
	const page = "index.html"
	err = fs.WalkDir(os.DirFS(folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && name != page {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	return append(names, page), nil
}

func (p *place) put(ctx context.Context, bucket, name string) error {
	f, err := os.Open(filepath.Join(built, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = p.files.PutObject(ctx, &s3.PutObjectInput{
		Bucket: aws.String(bucket), Key: aws.String(name), Body: f, ContentType: aws.String(typeOf(name)), CacheControl: aws.String(keep(name)),
	})
	if err != nil {
		return fmt.Errorf("put %s: %w", name, err)
	}
	return nil
}

// keep is how long browsers and CloudFront may keep a file: for good when its name is of its content, and not without asking otherwise.
func keep(name string) string {
	if strings.HasPrefix(name, "assets/") {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}

// typeOf does not ask the machine for what the console is made of: its list of types may lack some, or hold others.
func typeOf(name string) string {
	known := map[string]string{
		".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
		".json": "application/json", ".woff2": "font/woff2", ".png": "image/png", ".webmanifest": "application/manifest+json",
	}
	if t := known[path.Ext(name)]; t != "" {
		return t
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// empty deletes every version of every object in the buckets that the stack is about to delete, which S3 refuses while there is one. In production that is the
// console's bucket alone: the tenants' stay.
func (p *place) empty(ctx context.Context) error {
	prefix := ""
	if p.stage == stage.Production {
		prefix = stage.SiteBucket
	}
	buckets, err := p.buckets(ctx, prefix)
	if err != nil {
		return err
	}
	for _, bucket := range buckets {
		n, err := p.clear(ctx, bucket)
		if err != nil {
			return fmt.Errorf("empty %s: %w", bucket, err)
		}
		fmt.Printf("emptied %s: %d versions\n", bucket, n)
	}
	return nil
}

func (p *place) clear(ctx context.Context, bucket string) (n int, err error) {
	pages := s3.NewListObjectVersionsPaginator(p.files, &s3.ListObjectVersionsInput{Bucket: aws.String(bucket)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return n, err
		}
		var gone []types.ObjectIdentifier
		for _, v := range page.Versions {
			gone = append(gone, types.ObjectIdentifier{Key: v.Key, VersionId: v.VersionId})
		}
		for _, m := range page.DeleteMarkers {
			gone = append(gone, types.ObjectIdentifier{Key: m.Key, VersionId: m.VersionId})
		}
		if len(gone) == 0 {
			continue
		}
		out, err := p.files.DeleteObjects(ctx, &s3.DeleteObjectsInput{Bucket: aws.String(bucket), Delete: &types.Delete{Objects: gone, Quiet: aws.Bool(true)}})
		if err != nil {
			return n, err
		}
		if len(out.Errors) > 0 {
			return n, fmt.Errorf("%s: %s", aws.ToString(out.Errors[0].Key), aws.ToString(out.Errors[0].Message))
		}
		n += len(gone)
	}
	return n, nil
}
