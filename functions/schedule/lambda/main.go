// Command lambda runs schedule on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/schedule"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeTick("schedule", cloud.Open(), schedule.New) }
