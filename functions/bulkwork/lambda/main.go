// Command lambda runs bulkwork on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/bulkwork"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/lakes"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() {
	awslambda.ServeQueue("bulkwork", cloud.Open(objects.Open, lakes.OpenFresh), bulkwork.New)
}
