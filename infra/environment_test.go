package main

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
)

// A function knows the names of what its row lets it touch: a name without the right would be a call that fails, and a right without the name a call that
// is never made.
func TestEveryFunctionKnowsWhatItsRowLetsItTouch(t *testing.T) {
	for name, tenants := range map[string]bool{"test": false, "prod": true} {
		tp := synth(t, name)
		for _, row := range catalogue.Rows() {
			if g, w := slices.Sorted(maps.Keys(variables(tp.functionOf(t, name, row)))), slices.Sorted(maps.Keys(wantedBy(row, tenants))); !slices.Equal(g, w) {
				t.Errorf("%s: %s knows %v, want %v", name, row.Name, g, w)
			}
		}
	}
}

// variables are a function's environment.
func variables(fn *resource) map[string]any {
	return fn.Properties["Environment"].(map[string]any)["Variables"].(map[string]any)
}

// wantedBy are the variables that a row asks for, in a stage with SES tenants or without.
func wantedBy(row catalogue.Function, tenants bool) map[string]bool {
	want := map[string]bool{"GOMEMLIMIT": true, "DANGOL_STAGE": true, "DANGOL_FUNCTION": true, "DANGOL_BASE_URL": true, "DANGOL_ORIGIN": true, "DANGOL_MAIL_DOMAIN": true}
	for name := range row.Tables {
		want["DANGOL_TABLE_"+strings.ToUpper(string(name))] = true
	}
	for _, name := range row.Feed {
		want["DANGOL_TABLE_"+strings.ToUpper(string(name))] = true
	}
	for _, name := range row.Sends {
		want["DANGOL_QUEUE_"+strings.ToUpper(string(name))] = true
	}
	for name, is := range map[string]bool{
		"DANGOL_BUCKET": row.Blob != catalogue.None, "DANGOL_TENANT_ROLE": row.Tenanted(), "DANGOL_SES_CONFIGURATION_SET": row.Mail,
		"DANGOL_ATHENA_DATABASE": row.Athena, "DANGOL_ATHENA_WORKGROUP": row.Athena,
		"DANGOL_SES_TENANTS": row.Mail && tenants, "DANGOL_SES_RESOURCES": row.Mail && tenants, "DANGOL_SECRET": row.Keys(), "DANGOL_EDGE": len(row.Paths) > 0,
	} {
		if is {
			want[name] = true
		}
	}
	return want
}

// The list above environment is what shared/cloud is written by.
func TestEveryVariableIsListed(t *testing.T) {
	source, err := os.ReadFile("functions.go")
	if err != nil {
		t.Fatal(err)
	}
	comment, code, _ := strings.Cut(string(source), "func (st *stack) environment")
	for _, m := range regexp.MustCompile(`"(DANGOL_[A-Z_]+)"`).FindAllStringSubmatch(code, -1) {
		if m[1] != "DANGOL_BINARIES" && !strings.Contains(comment, m[1]) {
			t.Errorf("%s is not in the list above environment", m[1])
		}
	}
}
