package errs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestEveryCodeHasItsWords holds texts.go against the tree in both directions: a code without words would be shown bare, words without a code
// are left over.
func TestEveryCodeHasItsWords(t *testing.T) {
	tree := readTree(t, filepath.Join("..", ".."))
	tree.checkArguments(t)
	used := tree.codes()
	for code, places := range used {
		if _, ok := texts[code]; !ok {
			t.Errorf("the code %q has no words in shared/errs/texts.go; it is used at %s", code, places)
		}
	}
	for code := range texts {
		if _, ok := used[code]; !ok && !tree.literals[code] {
			t.Errorf("the words of %q in shared/errs/texts.go are used nowhere", code)
		}
	}
}

func TestTextsAreWhole(t *testing.T) {
	names := regexp.MustCompile(`\{[a-zA-Z]+\}`)
	for code, text := range texts {
		if !codeForm.MatchString(code) {
			t.Errorf("%q is no code", code)
		}
		if text.Ko == "" || text.En == "" {
			t.Errorf("%s lacks a language", code)
		}
		ko, en := names.FindAllString(text.Ko, -1), names.FindAllString(text.En, -1)
		slices.Sort(ko)
		slices.Sort(en)
		if !slices.Equal(slices.Compact(ko), slices.Compact(en)) {
			t.Errorf("%s takes %v in Korean and %v in English", code, ko, en)
		}
		if sentence := strings.TrimSpace(text.Ko); !regexp.MustCompile(`요[.?!]|: \{[a-z]+\}\.?$`).MatchString(sentence) {
			t.Errorf("%s is not in 해요체: %s", code, sentence)
		}
	}
	for k := Internal; k <= BadMethod; k++ {
		if titles[k].Ko == "" || titles[k].En == "" {
			t.Errorf("kind %d has no title", k)
		}
	}
}

func TestDetail(t *testing.T) {
	for _, c := range []struct {
		code     string
		args     map[string]any
		language string
		want     string
	}{
		{"too_long", map[string]any{"max": 20}, "en", "This may have 20 characters at most."},
		{"too_long", map[string]any{"max": 20}, "ko", "20자까지 쓸 수 있어요."},
		{"below_minimum", map[string]any{"min": 0.0}, "en", "This must be 0 or more."},
		{"below_minimum", map[string]any{"min": 2.50}, "en", "This must be 2.5 or more."},
		{"above_maximum", map[string]any{"max": 100.0}, "en", "This must be 100 or less."},
		{"type_wrong", map[string]any{"expected": Term("integer")}, "ko", "정수 값이어야 해요."},
		{"type_wrong", map[string]any{"expected": Term("unheard")}, "en", "This must be unheard."},
		{"option_unknown", nil, "en", "This must be one of the documented values."},
		{"option_unknown", map[string]any{"options": "a, b"}, "en", "This must be one of the documented values: a, b."},
		{"option_unknown", map[string]any{"value": "c"}, "ko", "정해진 값 중 하나여야 해요."},
		{"scope_missing", map[string]any{"scope": "{scope}"}, "en", "This needs the scope {scope}."},
		{"no_such_code", nil, "ko", "no_such_code"},
	} {
		if got := Detail(c.code, c.args, c.language); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.code, c.language, got, c.want)
		}
	}
}

// source is the parsed tree, as far as codes are concerned.
type source struct {
	files    *token.FileSet
	packages map[string][]*ast.File // by folder
	literals map[string]bool        // every text in the tree outside of texts.go
	sinks    map[string]int         // functions that take a code, by name, with the place of that argument
}

// readTree parses the Go files of this module that are no tests.
func readTree(t *testing.T, root string) *source {
	t.Helper()
	s := &source{files: token.NewFileSet(), packages: map[string][]*ast.File{}, literals: map[string]bool{},
		sinks: map[string]int{"errs.New": 1, "errs.Newf": 1, "errs.InvalidField": 1, "Add": 1}}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && slices.Contains([]string{"node_modules", "testdata", "web", "infra", ".git"}, d.Name()) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(s.files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		s.packages[filepath.Dir(path)] = append(s.packages[filepath.Dir(path)], f)
		if !strings.HasSuffix(path, filepath.Join("errs", "texts.go")) {
			s.collectLiterals(f)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for s.findSinks() {
	}
	return s
}

func (s *source) collectLiterals(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if text, err := strconv.Unquote(l.Value); err == nil {
				s.literals[text] = true
			}
		}
		return true
	})
}

// findSinks looks for functions that hand one of their parameters on as a code, and says whether it found a new one.
func (s *source) findSinks() bool {
	grown := false
	for dir, files := range s.packages {
		for _, f := range files {
			for _, d := range f.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || fn.Body == nil {
					continue
				}
				for _, code := range s.codeArguments(dir, fn) {
					if i := parameter(fn, code); i >= 0 {
						name := dir + "." + fn.Name.Name
						_, known := s.sinks[name]
						s.sinks[name], grown = i, grown || !known
					}
				}
			}
		}
	}
	return grown
}

// codeArguments returns the expressions under n that stand where a code is taken.
func (s *source) codeArguments(dir string, n ast.Node) []ast.Expr {
	var all []ast.Expr
	ast.Inspect(n, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		for _, name := range s.callNames(dir, call) {
			if i, ok := s.sinks[name]; ok && i < len(call.Args) {
				all = append(all, call.Args[i])
				break
			}
		}
		return true
	})
	return all
}

// callNames are the names under which the called function may be a sink. A method of another package is known by no more than its name, so only
// Add, whose second argument is a text beside a pointer, is.
func (s *source) callNames(dir string, call *ast.CallExpr) []string {
	switch fn := call.Fun.(type) {
	case *ast.Ident:
		if strings.HasSuffix(dir, "errs") {
			return []string{"errs." + fn.Name}
		}
		return []string{dir + "." + fn.Name}
	case *ast.SelectorExpr:
		names := []string{dir + "." + fn.Sel.Name}
		if x, ok := fn.X.(*ast.Ident); ok {
			names = append(names, x.Name+"."+fn.Sel.Name)
		}
		if fn.Sel.Name == "Add" && len(call.Args) >= 2 {
			names = append(names, "Add")
		}
		return names
	}
	return nil
}

// parameter returns the place of the parameter that e names, or -1.
func parameter(fn *ast.FuncDecl, e ast.Expr) int {
	id, ok := e.(*ast.Ident)
	if !ok {
		return -1
	}
	i := 0
	for _, field := range fn.Type.Params.List {
		for _, name := range field.Names {
			if name.Name == id.Name {
				return i
			}
			i++
		}
	}
	return -1
}

// codes returns the codes that are handed to sinks, as literals, or as constants of the same package, with where.
func (s *source) codes() map[string][]string {
	used := map[string][]string{}
	for dir, files := range s.packages {
		constants := constantsOf(files)
		for _, f := range files {
			for _, e := range s.codeArguments(dir, f) {
				text := literal(e)
				if name, ok := e.(*ast.Ident); ok {
					text = constants[name.Name]
				}
				if codeForm.MatchString(text) {
					used[text] = append(used[text], s.files.Position(e.Pos()).String())
				}
			}
		}
	}
	return used
}

// checkArguments holds the places in a text against the arguments given with its code, where both can be seen.
func (s *source) checkArguments(t *testing.T) {
	t.Helper()
	for _, files := range s.packages {
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || call.Ellipsis.IsValid() {
					return true
				}
				fn, ok := call.Fun.(*ast.SelectorExpr)
				if !ok || !slices.Contains([]string{"New", "Newf", "InvalidField", "Add"}, fn.Sel.Name) || len(call.Args) < 2 {
					return true
				}
				code := literal(call.Args[1])
				for _, place := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(optionalPart().ReplaceAllString(texts[code].En, ""), -1) {
					if !slices.ContainsFunc(call.Args[2:], func(e ast.Expr) bool { return literal(e) == place[1] }) {
						t.Errorf("%s is told without its {%s} at %s", code, place[1], s.files.Position(call.Pos()))
					}
				}
				return true
			})
		}
	}
}

func literal(e ast.Expr) string {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return ""
	}
	text, _ := strconv.Unquote(l.Value)
	return text
}

// codeForm is snake case; a part may be the name of a field.
var codeForm = regexp.MustCompile(`^[a-z][a-zA-Z0-9]*(_[a-z0-9]+)*$`)

func constantsOf(files []*ast.File) map[string]string {
	all := map[string]string{}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Names) != len(spec.Values) {
				return true
			}
			for i, v := range spec.Values {
				if l, ok := v.(*ast.BasicLit); ok && l.Kind == token.STRING {
					all[spec.Names[i].Name], _ = strconv.Unquote(l.Value)
				}
			}
			return true
		})
	}
	return all
}
