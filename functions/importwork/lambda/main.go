// Command lambda runs importwork on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/importwork"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() { awslambda.ServeQueue("importwork", cloud.Open(objects.Open), importwork.New) }
