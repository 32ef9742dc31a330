package mails

import (
	"reflect"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/mail/ses"
)

func TestTenantsAreThoseOfTheSettings(t *testing.T) {
	for name, c := range map[string]struct {
		prefix, resources string
		want              ses.Tenants
		problem           string
	}{
		"off":                         {resources: "arn:i", want: ses.Tenants{}},
		"on":                          {"dangol-prod-", "arn:i,arn:s", ses.Tenants{Prefix: "dangol-prod-", Resources: []string{"arn:i", "arn:s"}}, ""},
		"on, with nothing to send by": {prefix: "dangol-prod-", problem: "DANGOL_SES_RESOURCES"},
		"a name that SES refuses":     {prefix: "dangol.prod.", resources: "arn:i", problem: `"dangol.prod."`},
		"no room for the workspace":   {prefix: strings.Repeat("d", 35), resources: "arn:i", problem: "no beginning"},
	} {
		t.Run(name, func(t *testing.T) {
			told := map[string]string{"DANGOL_SES_TENANTS": c.prefix, "DANGOL_SES_RESOURCES": c.resources}
			got, err := tenants(cloud.Settings(func(name string) string { return told[name] }))
			if !reflect.DeepEqual(got, c.want) || (err == nil) != (c.problem == "") || err != nil && !strings.Contains(err.Error(), c.problem) {
				t.Errorf("got %+v, %v; want %+v, an error with %q", got, err, c.want, c.problem)
			}
		})
	}
}
