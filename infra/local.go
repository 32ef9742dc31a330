package main

// local says whether the template is for an emulator on this machine.
func (s settings) local() bool { return s.Target == "local" }

// lackedLocally is all that a template for an emulator leaves out, by CloudFormation type and with the reason. local_test.go holds it against the
// difference of the two templates: what is not here is deployed to the emulator too.
var lackedLocally = map[string]string{
	"AWS::CloudFront::Distribution":          "MiniStack keeps its record and serves nothing through it; the console is served by the host",
	"AWS::CloudFront::Function":              "part of the distribution",
	"AWS::CloudFront::OriginAccessControl":   "part of the distribution",
	"AWS::CloudFront::ResponseHeadersPolicy": "part of the distribution",
	"AWS::Budgets::Budget":                   "no emulator sends bills",
}
