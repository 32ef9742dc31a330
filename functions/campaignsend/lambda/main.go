// Command lambda runs campaignsend on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/campaignsend"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/cloud/mails"
	"github.com/dangol/dangol/shared/cloud/queues"
)

func main() {
	awslambda.ServeQueue("campaignsend", cloud.Open(queues.Open, mails.Open), campaignsend.New)
}
