// Command lambda runs products on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/products"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeHTTP("products", cloud.Open(), products.New) }
