// Package awsplace gives tests a place that speaks AWS's API: an emulator that `make test-aws` started, or an account that its owner named.
package awsplace

import (
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
)

// Config returns the configuration of the place, or skips the test where there is none. The endpoint comes from AWS_ENDPOINT_URL; a real account
// must be asked for by DANGOL_AWS_ACCOUNT=yes, since tests create and delete tables, queues and buckets there.
func Config(t testing.TB) aws.Config {
	t.Helper()
	if os.Getenv("AWS_ENDPOINT_URL") == "" && os.Getenv("DANGOL_AWS_ACCOUNT") != "yes" {
		t.Skip("no AWS endpoint: `make test-aws` starts one and runs this")
	}
	cfg, err := config.LoadDefaultConfig(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if endpoint := os.Getenv("AWS_ENDPOINT_URL"); endpoint != "" {
		cfg.BaseEndpoint = &endpoint
	}
	return cfg
}
