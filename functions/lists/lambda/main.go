// Command lambda runs lists on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/lists"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/lakes"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() { awslambda.ServeHTTP("lists", cloud.Open(objects.Open, lakes.Open), lists.New) }
