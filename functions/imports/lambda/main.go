// Command lambda runs imports on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/imports"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() { awslambda.ServeHTTP("imports", cloud.Open(objects.Open), imports.New) }
