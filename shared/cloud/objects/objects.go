// Package objects opens the object store of a function on AWS.
package objects

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/dangol/dangol/shared/blob/s3"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/env"
)

// Open is a cloud.Part.
func Open(s cloud.Settings, cfg aws.Config, e *env.Env) error {
	bucket, err := s.Must("DANGOL_BUCKET")
	if err != nil {
		return err
	}
	client := awss3.NewFromConfig(cfg)
	e.Blob = s3.New(client, bucket, s3.Options{})
	return nil
}
