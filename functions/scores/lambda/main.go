// Command lambda runs scores on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/scores"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() { awslambda.ServeHTTP("scores", cloud.Open(objects.Open), scores.New) }
