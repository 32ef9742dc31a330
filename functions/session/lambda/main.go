// Command lambda runs session on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/session"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeHTTP("session", cloud.Open(), session.New) }
