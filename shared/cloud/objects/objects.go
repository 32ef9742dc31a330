// Package objects opens the object store of a function on AWS.
package objects

import (
	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/dangol/dangol/shared/blob/s3"
	"github.com/dangol/dangol/shared/cloud"
)

// Open is a cloud.Part.
func Open(g *cloud.Ground) error {
	bucket, err := g.Must("DANGOL_BUCKET")
	if err != nil {
		return err
	}
	g.Env.Blob = s3.New(awss3.NewFromConfig(g.Config), bucket, s3.Options{Tenants: g.Tenants})
	return nil
}
