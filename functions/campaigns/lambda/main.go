// Command lambda runs campaigns on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/campaigns"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() { awslambda.ServeHTTP("campaigns", cloud.Open(objects.Open), campaigns.New) }
