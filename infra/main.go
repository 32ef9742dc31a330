// Command infra synthesises the CloudFormation template of Dangol from the catalogue: `go run .` writes cdk.out, `make synth` calls it.
//
// Nothing here names a function: tables, queues, rights, routes, sources and schedules are loops over the rows of shared/catalogue. A new row
// therefore is deployed with exactly the rights that it declares, and main_test.go holds the result against the same rows.
package main

import (
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

func newApp(s settings) awscdk.App {
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(s.Out), AnalyticsReporting: jsii.Bool(false)})
	newStack(app, s)
	return app
}
