// Command lambda runs apikeys on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/apikeys"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeHTTP("apikeys", cloud.Open(), apikeys.New) }
