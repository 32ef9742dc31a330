package dangol_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
)

// duck is the package that links DuckDB. What stands on it needs cgo: it is built for x86_64 with a C++ compiler, is 60 MB and not 8, and starts slower.
const duck = module + "shared/lake/duck"

// A function that comes to import DuckDB by way of another package would be built without cgo, and fail when it is packaged at the earliest.
func TestOnlyRowsThatSayCgoLinkDuckDB(t *testing.T) {
	imports := importsOfPackages(t)
	for _, row := range catalogue.Rows() {
		way := wayTo(imports, []string{module + "functions/" + row.Name + "/lambda"}, duck, map[string]bool{})
		switch {
		case way != nil && !row.Cgo:
			t.Errorf("functions/%s links DuckDB, but its row does not say Cgo: %s", row.Name, strings.Join(way, " -> "))
		case way == nil && row.Cgo:
			t.Errorf("the row of functions/%s says Cgo, but nothing of it imports %s: it could be small and run on arm64", row.Name, duck)
		}
	}
}

func TestTheWayToAPackageIsFound(t *testing.T) {
	imports := map[string][]string{"f": {"a", "b"}, "a": {"f"}, "b": {"c"}, "c": {"duck"}}
	if got, want := wayTo(imports, []string{"f"}, "duck", map[string]bool{}), []string{"f", "b", "c", "duck"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := wayTo(imports, []string{"a"}, "nowhere", map[string]bool{}); got != nil {
		t.Errorf("a way to nowhere: %v", got)
	}
}

// importsOfPackages are the imports of every package of the module, those of its tests left out.
func importsOfPackages(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	eachImport(t, func(file, path string) {
		if !strings.HasSuffix(file, "_test.go") {
			from := module + filepath.ToSlash(filepath.Dir(file))
			out[from] = append(out[from], path)
		}
	})
	return out
}

// wayTo returns the packages through which the last one of the way comes to import another; nil when it does not.
func wayTo(imports map[string][]string, way []string, to string, seen map[string]bool) []string {
	from := way[len(way)-1]
	if from == to {
		return way
	}
	if seen[from] {
		return nil
	}
	seen[from] = true
	for _, next := range imports[from] {
		if found := wayTo(imports, append(slices.Clone(way), next), to, seen); found != nil {
			return found
		}
	}
	return nil
}
