package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/lake/glue"
)

func TestEverySubjectIsATableThatWantsAWorkspace(t *testing.T) {
	for name, tp := range everyTemplate(t) {
		if got, want := len(tp.of("AWS::Glue::Table")), len(glue.Tables()); got != want || len(tp.of("AWS::Glue::Database")) != 1 {
			t.Errorf("%s: %d tables in %d databases, want %d in one", name, got, len(tp.of("AWS::Glue::Database")), want)
		}
		for _, r := range tp.of("AWS::Glue::Table") {
			text, _ := json.Marshal(r.Properties["TableInput"])
			for _, want := range []string{`"projection.tenant.type":"injected"`, `"projection.asked.type":"injected"`, `/t/${tenant}/lake/asked/${asked}/links/`,
				`"PartitionKeys":[{"Name":"tenant","Type":"string"},{"Name":"asked","Type":"string"}]`, glue.InputFormat} {
				if !strings.Contains(string(text), want) {
					t.Errorf("%s: %s has no %s: a query that names no workspace would read all", name, r.ID, want)
				}
			}
			if template := r.Properties["TableInput"].(map[string]any)["Parameters"].(map[string]any)["storage.location.template"]; !strings.HasPrefix(references(template)[0], "Objects") {
				t.Errorf("%s: %s stands in %v", name, r.ID, template)
			}
		}
	}
}

func TestColumnsAreTheDictionarys(t *testing.T) {
	tp := synth(t, "test")
	for _, table := range glue.Tables() {
		r := tp.where(t, "AWS::Glue::Table", "TableInput.Name", table.Name)
		columns := r.Properties["TableInput"].(map[string]any)["StorageDescriptor"].(map[string]any)["Columns"].([]any)
		if len(columns) != len(table.Columns) {
			t.Fatalf("%s: got %d columns, want %d", table.Name, len(columns), len(table.Columns))
		}
		for i, c := range table.Columns {
			if got := columns[i].(map[string]any); got["Name"] != c.Name || got["Type"] != c.Kind {
				t.Errorf("%s: got %v, want %+v", table.Name, got, c)
			}
		}
	}
}

func TestAQuestionCannotReadWithoutEnd(t *testing.T) {
	for name, tp := range everyTemplate(t) {
		groups := tp.of("AWS::Athena::WorkGroup")
		if len(groups) != 1 || groups[0].get("WorkGroupConfiguration.BytesScannedCutoffPerQuery") != fmt.Sprint(float64(mostScanned)) {
			t.Errorf("%s: work groups %v, want one that lets a question read %d bytes", name, groups, mostScanned)
		}
		for _, g := range groups { // all answers would go to one place, which every tenant's session would have to reach
			if g.get("WorkGroupConfiguration.EnforceWorkGroupConfiguration") != "false" || g.get("WorkGroupConfiguration.ResultConfiguration") != "" {
				t.Errorf("%s: %s says where answers go", name, g.ID)
			}
		}
	}
}

// Only rows that say Athena may ask, in a tenant's name and through the stage's work group; only their own role may describe tables, and only such as have more
// columns of customers.
func TestAthenaIsAskedAsTheRowSays(t *testing.T) {
	tp := synth(t, "test")
	for _, row := range catalogue.Rows() {
		fn := tp.function(t, row)
		asks, describes := 0, 0
		for _, s := range tp.statements(fn) {
			if strings.HasPrefix(s.Actions[0], "athena:") || strings.HasPrefix(s.Actions[0], "glue:Get") {
				t.Errorf("%s asks in its own name: %v", row.Name, s.Actions)
			}
			if slices.Contains(s.Actions, "glue:CreateTable") {
				describes++
				if text := joined(s.Resources[len(s.Resources)-1]); !strings.HasSuffix(text, ":table/dangol_test_lake/customers_*") {
					t.Errorf("%s describes %s", row.Name, text)
				}
			}
		}
		if role := variables(fn)["DANGOL_TENANT_ROLE"]; role != nil {
			for _, s := range tp.statementsOfRole(references(role)[0]) {
				if slices.Equal(s.Actions, athenaActions) {
					asks++
					if text := joined(s.Resources[0]); len(s.Resources) != 1 || !strings.HasSuffix(text, ":workgroup/dangol-test-lake") {
						t.Errorf("%s asks through %v", row.Name, s.Resources)
					}
				}
				if slices.Contains(s.Actions, "glue:CreateTable") {
					t.Errorf("a session of %s describes tables", row.Name)
				}
			}
		}
		if want := map[bool]int{true: 1}[row.Athena]; asks != want || describes != want {
			t.Errorf("%s: asks by %d statements and describes by %d, want %d each", row.Name, asks, describes, want)
		}
	}
}
