// Command lambda runs servicemail on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/servicemail"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/mails"
)

func main() { awslambda.ServeQueue("servicemail", cloud.Open(mails.Open), servicemail.New) }
