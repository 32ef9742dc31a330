// Command lambda runs leads on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/leads"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeHTTP("leads", cloud.Open(), leads.New) }
