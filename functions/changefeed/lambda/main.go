// Command lambda runs changefeed on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/changefeed"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/queues"
)

func main() { awslambda.ServeFeed("changefeed", cloud.Open(queues.Open), changefeed.New) }
