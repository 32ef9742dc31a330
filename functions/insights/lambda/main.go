// Command lambda runs insights on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/insights"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/lakes"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() { awslambda.ServeHTTP("insights", cloud.Open(objects.Open, lakes.Open), insights.New) }
