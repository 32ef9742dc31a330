// Package operator reaches a stage from outside with the credentials of a person, as the commands under scripts do: its functions, the buckets that these
// use, and the tables and objects through their engines. Nothing that runs on Lambda links it.
package operator

import (
	"context"
	"crypto/rand"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/dangol/dangol/shared/blob/s3"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo"
	"github.com/dangol/dangol/shared/table/dynamo/raw"
)

// tries is how often the client sends a request that AWS puts off. A command that reads for an hour must not end at a busy minute.
const tries = 10

// Place is one stage of one account: the names of everything begin with dangol-<stage>-.
type Place struct {
	Stage string
	cfg   aws.Config
}

// Open reads the credentials of the environment, or those of a profile of the AWS CLI, in a region of its own; "" is the environment's. It makes no request.
func Open(ctx context.Context, stage, profile, region string) (*Place, error) {
	cfg, err := config.LoadDefaultConfig(ctx, config.WithSharedConfigProfile(profile), config.WithRegion(region), config.WithRetryMaxAttempts(tries))
	if err != nil {
		return nil, fmt.Errorf("read the AWS configuration: %w", err)
	}
	if cfg.Region == "" {
		return nil, fmt.Errorf("no region for stage %s: set AWS_REGION, or name a profile that has one", stage)
	}
	return &Place{stage, cfg}, nil
}

// Name is what the stage calls a table, a queue or a function.
func (p *Place) Name(what string) string { return "dangol-" + p.Stage + "-" + what }

// Tables returns the stage's tables with their items as they are stored. Reads take no more than the units a second; 0 is as fast as it goes.
func (p *Place) Tables(units float64) *raw.Tables {
	return raw.New(p.dynamo(), raw.Options{Units: units, Clock: clock.System{}})
}

// DB returns the stage's stores, through which a record is changed as the functions change it.
func (p *Place) DB() *store.DB {
	return store.New(dynamo.New(p.dynamo(), dynamo.Options{Names: dynamo.Names(p.Name(""))}), clock.System{}, rand.Reader)
}

func (p *Place) dynamo() *dynamodb.Client {
	return dynamodb.NewFromConfig(p.cfg, func(o *dynamodb.Options) {
		o.DisableValidateResponseChecksum = o.BaseEndpoint != nil // DynamoDB Local sends 0 as that of an error, which the SDK complains of each time
	})
}

// Bucket returns the objects of a bucket.
func (p *Place) Bucket(name string) *s3.Bucket {
	return s3.New(awss3.NewFromConfig(p.cfg), name, s3.Options{})
}

// TableName is what the stage calls one of the four tables.
func (p *Place) TableName(t table.Name) string { return p.Name(string(t)) }
