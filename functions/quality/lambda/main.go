// Command lambda runs quality on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/quality"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/lakes"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() { awslambda.ServeHTTP("quality", cloud.Open(objects.Open, lakes.Open), quality.New) }
