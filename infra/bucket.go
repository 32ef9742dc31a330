package main

import (
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"
)

const (
	oldVersionsKept = 30 * 24 * time.Hour // long enough to notice a bad overwrite, short enough not to pay twice
	halfUploadsKept = 3 * 24 * time.Hour
)

// newBucket makes the one bucket for uploads, exports and the lake. Browsers reach it only through presigned links.
func (st *stack) newBucket() awss3.Bucket {
	return awss3.NewBucket(st.scope, jsii.String("Objects"), &awss3.BucketProps{
		BlockPublicAccess: awss3.BlockPublicAccess_BLOCK_ALL(),
		ObjectOwnership:   awss3.ObjectOwnership_BUCKET_OWNER_ENFORCED,
		EnforceSSL:        jsii.Bool(true),
		MinimumTLSVersion: jsii.Number(1.2),
		Encryption:        awss3.BucketEncryption_S3_MANAGED,
		Versioned:         jsii.Bool(true),
		RemovalPolicy:     st.settings.removal(),
		LifecycleRules: &[]*awss3.LifecycleRule{{
			NoncurrentVersionExpiration:         duration(oldVersionsKept),
			AbortIncompleteMultipartUploadAfter: duration(halfUploadsKept),
		}},
		Cors: &[]*awss3.CorsRule{{
			AllowedMethods: &[]awss3.HttpMethods{awss3.HttpMethods_GET, awss3.HttpMethods_PUT},
			AllowedOrigins: &[]*string{st.base},
			AllowedHeaders: jsii.Strings("content-type"),
			ExposedHeaders: jsii.Strings("etag"),
		}},
	})
}
