// Command empty is the least that runs on Lambda: what a cold start costs before any of our code.
package main

import "github.com/aws/aws-lambda-go/lambda"

func main() { lambda.Start(func() {}) }
