// Command lambda runs authorizer on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/authorizer"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeAuthorizer("authorizer", cloud.Open(), authorizer.New) }
