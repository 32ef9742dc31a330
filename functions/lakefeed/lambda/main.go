// Command lambda runs lakefeed on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/lakefeed"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/objects"
	"github.com/dangol/dangol/shared/cloud/queues"
)

func main() { awslambda.ServeFeed("lakefeed", cloud.Open(objects.Open, queues.Open), lakefeed.New) }
