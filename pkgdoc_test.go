package dangol_test

import (
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A package without a comment makes its reader guess what it is for; one with two makes the reader choose. The comment stands in the file that
// a newcomer opens first.
func TestEveryPackageHasExactlyOneComment(t *testing.T) {
	commented := map[string][]string{} // folder -> files with a package comment
	for _, f := range goFiles(t) {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), f, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Dir(f)
		commented[dir] = append([]string{}, commented[dir]...)
		if file.Doc != nil {
			commented[dir] = append(commented[dir], filepath.Base(f))
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(commented)) {
		if n := len(commented[dir]); n != 1 {
			t.Errorf("%s: %d package comments %v, want exactly one that says what the package is for", dir, n, commented[dir])
		}
	}
}
