// Command lambda runs lakework on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/lakework"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/objects"
	"github.com/dangol/dangol/shared/cloud/queues"
)

func main() { awslambda.ServeQueue("lakework", cloud.Open(objects.Open, queues.Open), lakework.New) }
