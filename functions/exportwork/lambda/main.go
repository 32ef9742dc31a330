// Command lambda runs exportwork on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/exportwork"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/lakes"
	"github.com/dangol/dangol/shared/cloud/largelakes"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() {
	awslambda.ServeQueue("exportwork", cloud.Open(objects.Open, lakes.OpenFresh, largelakes.Open), exportwork.New)
}
