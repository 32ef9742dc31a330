package main

import (
	"cmp"
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/infra/stage"
)

// settings are what differs between two deployments of the same code. docs/operations.md lists the variables that they come from.
type settings struct {
	Stage      string // part of every name; "prod" keeps its data when the stack is deleted
	Target     string // "aws", or "local" for an emulator: see local.go
	Region     string // "" is the region of the credentials
	MailDomain string // the domain that mail is sent from, and that SES signs for
	BaseURL    string // the public address; "" is that of CloudFront, or of the gateway where there is none
	Domain     string // the console's own domain name; "" is CloudFront's
	Zone       string // the id of the Route 53 zone in which the domain's records are made; "" leaves them to the owner
	Cert       string // ARN of the domain's certificate, in us-east-1 as CloudFront wants it
	AlertTo    string // the address that alarms and budgets write to; "" is nobody
	Budget     string // US dollars a month
	WAF        bool   // a web ACL before CloudFront: 5 USD a month and 1 for each rule, billed by the hour
	Trace      bool   // X-Ray, billed by the trace
	Tenants    bool   // an SES tenant for each workspace, billed by the month and by the mail: on in prod
	SES        string // where SES's API is asked on an emulator whose own reports nothing: only with Target "local"
	Alarms     bool   // alarms beyond the ten that are free: on in prod
	Binaries   string // the folder with <function>/bootstrap
	Out        string // where the cloud assembly is written
}

func settingsFromEnv() settings {
	of := cmp.Or(os.Getenv("DANGOL_STAGE"), "dev")
	return settings{
		Stage:      of,
		Target:     cmp.Or(os.Getenv("DANGOL_TARGET"), "aws"),
		Region:     cmp.Or(os.Getenv("DANGOL_REGION"), os.Getenv("CDK_DEFAULT_REGION")),
		MailDomain: cmp.Or(os.Getenv("DANGOL_MAIL_DOMAIN"), "dangol.example"),
		BaseURL:    os.Getenv("DANGOL_BASE_URL"),
		Domain:     os.Getenv("DANGOL_DOMAIN"),
		Zone:       os.Getenv("DANGOL_ZONE"),
		Cert:       os.Getenv("DANGOL_CERTIFICATE"),
		AlertTo:    os.Getenv("DANGOL_ALERT_EMAIL"),
		Budget:     cmp.Or(os.Getenv("DANGOL_BUDGET_USD"), "20"),
		WAF:        os.Getenv("DANGOL_WAF") == "on",
		Trace:      os.Getenv("DANGOL_TRACE") == "on",
		Tenants:    cmp.Or(os.Getenv("DANGOL_MAIL_TENANTS"), onOnly(of)) == "on",
		SES:        os.Getenv("DANGOL_SES_ENDPOINT"),
		Alarms:     cmp.Or(os.Getenv("DANGOL_ALARMS"), onOnly(of)) == "on",
		Binaries:   cmp.Or(os.Getenv("DANGOL_BINARIES"), "../bin/lambda"),
		Out:        "cdk.out",
	}
}

func onOnly(of string) string {
	if of == stage.Production {
		return "on"
	}
	return "off"
}

// name is the physical name of a resource: readable in the console, unique per stage.
func (s settings) name(what string) *string { return jsii.String("dangol-" + s.Stage + "-" + what) }

// keeps says whether data outlives the stack.
func (s settings) keeps() bool { return s.Stage == stage.Production }

// removal is the removal policy of everything that holds data.
func (s settings) removal() awscdk.RemovalPolicy {
	if s.keeps() {
		return awscdk.RemovalPolicy_RETAIN
	}
	return awscdk.RemovalPolicy_DESTROY
}
