package dangol_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// machineTime lists the functions of package time that read the machine's clock.
var machineTime = map[string]bool{"Now": true, "Since": true, "Until": true}

// A story moves the clock a day forward to see a schedule run, and a crash test replays one moment. Code that reads the machine's clock itself would
// do neither. Commands, tests and the suites that measure stand outside of any story; deadlines of sockets and contexts are the machine's own.
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
		for _, d := range file.Decls {
			for _, s := range clockReads(d) {
				t.Errorf("%s: time.%s: take the time from a clock.Clock that is passed in, so that a story can move it", fset.Position(s.Pos()), s.Sel.Name)
			}
		}
	}
}

// clockReads finds where a declaration reads the machine's clock, other than for a deadline.
func clockReads(d ast.Decl) (found []*ast.SelectorExpr) {
	asksContext := false
	ast.Inspect(d, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && strings.HasSuffix(called(call), "Deadline") {
			asksContext = asksContext || called(call) == "Deadline"
			return false // SetDeadline(time.Now().Add(d)): a socket counts by the machine's clock
		}
		if s, ok := n.(*ast.SelectorExpr); ok && machineTime[s.Sel.Name] {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" {
				found = append(found, s)
			}
		}
		return true
	})
	return slices.DeleteFunc(found, func(s *ast.SelectorExpr) bool { return asksContext && s.Sel.Name == "Until" })
}

// called is the last part of the name of what is called.
func called(c *ast.CallExpr) string {
	if s, ok := c.Fun.(*ast.SelectorExpr); ok {
		return s.Sel.Name
	}
	return ""
}

func outsideOfStories(name string, file *ast.File) bool {
	dir := filepath.ToSlash(filepath.Dir(name))
	return strings.HasSuffix(name, "_test.go") || file.Name.Name == "main" ||
		dir == "shared/clock" || dir == "shared/awslambda" || strings.HasPrefix(dir, "shared/testkit") || strings.HasSuffix(dir, "test") || strings.HasPrefix(dir, "localstack/")
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
