// Command lambda runs views on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/views"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeHTTP("views", cloud.Open(), views.New) }
