// Command lambda runs jobs on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/jobs"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeHTTP("jobs", cloud.Open(), jobs.New) }
