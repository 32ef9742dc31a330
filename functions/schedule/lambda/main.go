// Command lambda runs schedule on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/schedule"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() { awslambda.ServeTick("schedule", cloud.Open(objects.Open), schedule.New) }
