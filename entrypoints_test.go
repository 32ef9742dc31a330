package dangol_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
)

// ports are the packages that open what not every function has, and the rows that have it.
var ports = map[string]func(catalogue.Function) bool{
	module + "shared/cloud/objects":    func(r catalogue.Function) bool { return r.Blob != catalogue.None },
	module + "shared/cloud/lakes":      func(r catalogue.Function) bool { return r.Cgo },
	module + "shared/cloud/largelakes": func(r catalogue.Function) bool { return r.Athena },
	module + "shared/cloud/queues":     func(r catalogue.Function) bool { return len(r.Sends) > 0 },
	module + "shared/cloud/mails":      func(r catalogue.Function) bool { return r.Mail },
}

// A Lambda that links less than its row declares fails at its first use; one that links more is larger and slower to start than it need be.
func TestAFunctionLinksThePortsOfItsRow(t *testing.T) {
	for _, row := range catalogue.Rows() {
		t.Run(row.Name, func(t *testing.T) {
			imports := importsOf(t, filepath.Join("functions", row.Name, "lambda", "main.go"))
			for path, has := range ports {
				if linked := slices.Contains(imports, path); linked != has(row) {
					t.Errorf("links %s: %v, its row says %v", path, linked, has(row))
				}
			}
		})
	}
}

// What a row says of its lakes is said once more in its entry point, where the compiler does not see it.
func TestWorkersAskTheirLakesAnew(t *testing.T) {
	for _, row := range catalogue.Rows() {
		main, err := os.ReadFile(filepath.Join("functions", row.Name, "lambda", "main.go"))
		if err != nil {
			t.Fatal(err)
		}
		if fresh := bytes.Contains(main, []byte("lakes.OpenFresh")); fresh != row.AsksAnew() {
			t.Errorf("%s: opens its lakes fresh: %v, its row says %v", row.Name, fresh, row.AsksAnew())
		}
	}
}
