// Command lambda runs scorework on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/scorework"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/lakes"
	"github.com/dangol/dangol/shared/cloud/objects"
	"github.com/dangol/dangol/shared/cloud/queues"
)

func main() {
	awslambda.ServeQueue("scorework", cloud.Open(objects.Open, lakes.OpenFresh, queues.Open), scorework.New)
}
