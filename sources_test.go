package dangol_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// machineTime lists the functions of package time that read the machine's clock.
var machineTime = map[string]bool{"Now": true, "Since": true, "Until": true}

// machineDeadlines lists the files that must read it, with the reason.
var machineDeadlines = map[string]string{
	"shared/mail/smtp/conn.go": "a socket's deadline is counted by the machine",
	"shared/api/body.go":       "as above",
	"shared/hop/hop.go":        "so is the deadline of a context",
}

// A story moves the clock a day forward to see a schedule run, and a crash test replays one moment. Code that reads the machine's clock itself would
// do neither. Commands, tests and the suites that measure stand outside of any story.
func TestOnlyTheClockReadsTheMachinesTime(t *testing.T) {
	for _, name := range goFiles(t) {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		if outsideOfStories(name, file) {
			continue
		}
		if machineDeadlines[name] != "" {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && machineTime[s.Sel.Name] {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" {
					t.Errorf("%s: time.%s: take the time from a clock.Clock that is passed in, so that a story can move it", fset.Position(s.Pos()), s.Sel.Name)
				}
			}
			return true
		})
	}
}

func outsideOfStories(name string, file *ast.File) bool {
	dir := filepath.ToSlash(filepath.Dir(name))
	return strings.HasSuffix(name, "_test.go") || file.Name.Name == "main" ||
		dir == "shared/clock" || strings.HasPrefix(dir, "shared/testkit") || strings.HasSuffix(dir, "test") || strings.HasPrefix(dir, "localstack/")
}

// longFile is the length from which a file is worth a second look.
const longFile = 300

// Not a failure: a long file may have its reason. `make lint` shows the list.
func TestLongFilesAreReported(t *testing.T) {
	for _, name := range goFiles(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(text, []byte("\n")); n > longFile && !strings.HasSuffix(name, "_test.go") {
			t.Logf("%s has %d lines; %d is the aim", name, n, longFile)
		}
	}
}
