// Command lambda runs tracking on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/tracking"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeHTTP("tracking", cloud.Open(), tracking.New) }
