// Command infra synthesises the CloudFormation template of Dangol from the catalogue: `go run .` writes cdk.out, `make synth` calls it.
//
// Nothing here names a function: tables, queues, rights, routes, sources and schedules are loops over the rows of shared/catalogue. A new row
// therefore is deployed with exactly the rights that it declares, and main_test.go holds the result against the same rows.
package main

import (
	"cmp"
	"fmt"
	"os"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

func main() {
	defer jsii.Close()
	s := settingsFromEnv()
	if missing := s.withoutBinary(); len(missing) > 0 {
		fmt.Fprintf(os.Stderr, "infra: no binary in %s for %s: the template holds stubs for them, run `make lambdas` before a deploy\n",
			s.Binaries, strings.Join(missing, ", "))
	}
	newApp(s).Synth(nil)
}

// settings are what differs between two deployments of the same code.
type settings struct {
	Stage      string // part of every name; "prod" keeps its data when the stack is deleted
	MailDomain string // the verified SES identity that mail is sent from
	Origin     string // where the console is served: may upload to and download from the bucket
	Binaries   string // the folder with <function>/bootstrap
	Out        string // where the cloud assembly is written
}

func settingsFromEnv() settings {
	return settings{
		Stage:      cmp.Or(os.Getenv("DANGOL_STAGE"), "dev"),
		MailDomain: cmp.Or(os.Getenv("DANGOL_MAIL_DOMAIN"), "dangol.example"),
		Origin:     cmp.Or(os.Getenv("DANGOL_ORIGIN"), "http://localhost:8080"),
		Binaries:   cmp.Or(os.Getenv("DANGOL_BINARIES"), "../bin/lambda"),
		Out:        "cdk.out",
	}
}

// name is the physical name of a resource: readable in the console, unique per stage.
func (s settings) name(what string) *string { return jsii.String("dangol-" + s.Stage + "-" + what) }

// keeps says whether data outlives the stack.
func (s settings) keeps() bool { return s.Stage == "prod" }

// removal is the removal policy of everything that holds data.
func (s settings) removal() awscdk.RemovalPolicy {
	if s.keeps() {
		return awscdk.RemovalPolicy_RETAIN
	}
	return awscdk.RemovalPolicy_DESTROY
}

func newApp(s settings) awscdk.App {
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(s.Out), AnalyticsReporting: jsii.Bool(false)})
	newStack(app, s)
	return app
}
