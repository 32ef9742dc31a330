// Command lambda runs segments on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/segments"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/lakes"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() { awslambda.ServeHTTP("segments", cloud.Open(objects.Open, lakes.Open), segments.New) }
