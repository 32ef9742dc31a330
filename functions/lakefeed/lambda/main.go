// Command lambda runs lakefeed on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/lakefeed"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() { awslambda.ServeFeed("lakefeed", cloud.Open(objects.Open), lakefeed.New) }
