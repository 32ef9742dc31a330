// Command lambda runs providerevents on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/providerevents"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/queues"
)

func main() { awslambda.ServeHTTP("providerevents", cloud.Open(queues.Open), providerevents.New) }
