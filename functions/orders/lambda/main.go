// Command lambda runs orders on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/orders"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeHTTP("orders", cloud.Open(), orders.New) }
