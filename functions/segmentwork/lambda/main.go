// Command lambda runs segmentwork on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/segmentwork"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/lakes"
	"github.com/dangol/dangol/shared/cloud/objects"
	"github.com/dangol/dangol/shared/cloud/queues"
)

func main() {
	awslambda.ServeQueue("segmentwork", cloud.Open(objects.Open, lakes.OpenFresh, queues.Open), segmentwork.New)
}
