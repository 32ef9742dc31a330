// Command lambda runs exports on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/exports"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() { awslambda.ServeHTTP("exports", cloud.Open(objects.Open), exports.New) }
