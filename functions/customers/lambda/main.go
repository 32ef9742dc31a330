// Command lambda runs customers on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/customers"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/objects"
)

func main() { awslambda.ServeHTTP("customers", cloud.Open(objects.Open), customers.New) }
