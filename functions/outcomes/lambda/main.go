// Command lambda runs outcomes on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/outcomes"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeQueue("outcomes", cloud.Open(), outcomes.New) }
