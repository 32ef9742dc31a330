// Command lambda runs workspace on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/workspace"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeHTTP("workspace", cloud.Open(), workspace.New) }
