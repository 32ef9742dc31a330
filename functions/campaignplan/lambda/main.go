// Command lambda runs campaignplan on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/campaignplan"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/lakes"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() {
	awslambda.ServeQueue("campaignplan", cloud.Open(objects.Open, lakes.OpenFresh), campaignplan.New)
}
