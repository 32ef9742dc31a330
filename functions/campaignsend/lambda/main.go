// Command lambda runs campaignsend on AWS Lambda.
package main

import (
	"github.com/dangol/dangol/functions/campaignsend"
	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/cloud"
)

func main() { awslambda.ServeQueue("campaignsend", cloud.Open, campaignsend.New) }
