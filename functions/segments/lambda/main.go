// Command lambda runs segments on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/segments"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeHTTP("segments", cloud.Open, segments.New) }
