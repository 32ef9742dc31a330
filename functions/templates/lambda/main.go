// Command lambda runs templates on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/templates"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeHTTP("templates", cloud.Open(), templates.New) }
