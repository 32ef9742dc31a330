package glue_test

import (
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/glue"
)

// Athena knows no capitals: two names that differ in them alone would be one.
func TestEverySubjectIsATableWithAllOfItsColumns(t *testing.T) {
	tables := glue.Tables()
	if got, want := len(tables), len(dictionary.Subjects()); got != want {
		t.Fatalf("tables: got %d, want %d", got, want)
	}
	names := map[string]bool{}
	for i, s := range dictionary.Subjects() {
		table := tables[i]
		if table.Subject != s.Name || names[table.Name] {
			t.Errorf("%s: table %s of %s, or twice", s.Name, table.Name, table.Subject)
		}
		names[table.Name] = true
		columns := map[string]bool{glue.Tenant: true, glue.Asked: true}
		for n, c := range s.Columns() {
			got := table.Columns[n]
			if columns[got.Name] || got.Kind == "" || got.Of != c.Name || got.Name != strings.ToLower(c.Name) {
				t.Errorf("%s: %+v for %+v", s.Name, got, c)
			}
			columns[got.Name] = true
		}
	}
}

// What a question leaves must lie in the lake's own folder, where a compaction finds and removes it.
func TestWhatIsAskedLiesInTheTenantsLake(t *testing.T) {
	key := glue.Links("wsp_1", "q", "orderLines")
	if want := "t/wsp_1/lake/asked/q/links/orderlines/"; key != want || !strings.HasPrefix(key, lake.Prefix("wsp_1")) {
		t.Errorf("got %s, want %s", key, want)
	}
	if got, want := glue.Tables()[0].Properties("b")["storage.location.template"], "s3://b/t/${tenant}/lake/asked/${asked}/links/customers/"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
