// Command lambda runs docs on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/docs"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeHTTP("docs", cloud.Open(), docs.New) }
