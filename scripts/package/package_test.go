package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
)

// project is a repository with one function, of one file.
func project(t *testing.T, main string) options {
	t.Helper()
	o := options{root: t.TempDir(), out: t.TempDir(), mostMB: 8, top: 3}
	for name, text := range map[string]string{"go.mod": "module example.com/x\n\ngo 1.26\n", "functions/hello/lambda/main.go": main} {
		path := filepath.Join(o.root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

const hello = "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"hello\") }\n"

func rows(name ...string) (out []catalogue.Function) {
	for _, n := range name {
		out = append(out, catalogue.Function{Name: n})
	}
	return out
}

func TestTheSameSourcesMakeTheSameZip(t *testing.T) {
	var sums [2][32]byte
	for i := range sums {
		o := project(t, hello)
		var table bytes.Buffer
		if err := run(t.Context(), o, rows("hello", "nomain"), &table); err != nil {
			t.Fatal(err)
		}
		if s := table.String(); !strings.Contains(s, "hello           arm64") || !strings.Contains(s, "runtime") || strings.Contains(s, "nomain") {
			t.Errorf("table:\n%s", s)
		}
		raw, err := os.ReadFile(filepath.Join(o.out, "hello.zip"))
		if err != nil {
			t.Fatal(err)
		}
		sums[i] = sha256.Sum256(raw)
		z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
		if err != nil || len(z.File) != 1 || z.File[0].Name != "bootstrap" || z.File[0].Mode() != 0o755 {
			t.Fatalf("got %v, %v", z, err)
		}
		if found, err := filepath.Glob(filepath.Join(o.out, "hello", "*")); err != nil || len(found) != 1 {
			t.Errorf("beside the binary, which infra deploys with its folder: %v %v", found, err)
		}
	}
	if sums[0] != sums[1] {
		t.Error("two builds of the same sources differ")
	}
}

func TestWhatIsNotBuiltIsSaid(t *testing.T) {
	o := project(t, "package main\n\nfunc main() { nobody() }\n")
	if err := run(t.Context(), o, rows("hello"), &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "undefined: nobody") {
		t.Errorf("got %v", err)
	}
	o.only = "hello,stranger"
	if err := run(t.Context(), o, rows("hello"), &bytes.Buffer{}); err == nil {
		t.Error("a function that nobody knows was asked for, and nothing said")
	}
}

func TestAFunctionForThisMachineRunsOnIt(t *testing.T) {
	o := project(t, hello)
	o.here = true
	if err := run(t.Context(), o, rows("hello", "nomain"), &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), filepath.Join(o.out, "hello", "bootstrap")).Output(); err != nil || string(out) != "hello\n" {
		t.Errorf("got %q, %v", out, err)
	}
	if found, err := filepath.Glob(filepath.Join(o.out, "*")); err != nil || len(found) != 1 {
		t.Errorf("got %v, %v; want the one folder that an emulator is shown", found, err)
	}
}

func TestFaults(t *testing.T) {
	plain := map[string]string{"GOOS": "linux", "GOARCH": "arm64", "CGO_ENABLED": "0"}
	for _, c := range []struct {
		name string
		pack pack
		want string
	}{
		{"none", pack{built: plain, zipMB: 7.9}, ""},
		{"too large", pack{built: plain, zipMB: 8}, "limit"},
		{"another machine", pack{built: map[string]string{"GOOS": "linux", "GOARCH": "amd64", "CGO_ENABLED": "0"}}, "linux/amd64"},
		{"cgo", pack{built: map[string]string{"GOOS": "linux", "GOARCH": "arm64", "CGO_ENABLED": "1"}}, "CGO_ENABLED=1"},
		{"a library", pack{built: plain, libraries: []string{"libc.so.6"}, symbols: []string{"malloc"}}, "libc.so.6"},
		{"a row with DuckDB", pack{row: catalogue.Function{Cgo: true}, zipMB: 30, libraries: []string{"libc.so.6"},
			built: map[string]string{"GOOS": "linux", "GOARCH": "amd64", "CGO_ENABLED": "1"}}, ""},
	} {
		got := strings.Join(c.pack.faults(8), "; ")
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// A binary that is linked with cgo is known by what it takes from libc, whatever it says of itself.
func TestABinaryWithCgoIsFound(t *testing.T) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("a C compiler for linux/amd64 is only taken for granted there")
	}
	if _, err := exec.LookPath("cc"); err != nil {
		t.Fatal("no C compiler: `make need-cc` says how to get one")
	}
	o := project(t, "package main\n\n// #include <stdlib.h>\nimport \"C\"\n\nfunc main() { C.free(C.malloc(1)) }\n")
	row := catalogue.Function{Name: "hello", Cgo: true}
	p, err := build(t.Context(), o, row)
	if err != nil {
		t.Fatal(err)
	}
	if f := p.faults(8); len(f) != 0 {
		t.Errorf("as declared: %v", f)
	}
	p.row.Cgo = false
	if f := strings.Join(p.faults(8), "\n"); !strings.Contains(f, "CGO_ENABLED=1") || !strings.Contains(f, "libc") || !strings.Contains(f, "linux/amd64") {
		t.Errorf("not declared: %s", f)
	}
}

func TestPackageOf(t *testing.T) {
	for function, want := range map[string]string{
		"main.main": "main",
		"github.com/dangol/dangol/shared/api.(*API).For": "github.com/dangol/dangol/shared/api",
		"gopkg.in/yaml%2ev3.yaml_parser_fetch":           "gopkg.in/yaml.v3",
		"slices.SortFunc[go.shape.[]a/b.c,go.shape.int]": "slices",
		"type:.eq.net/http.Header":                       "type:.eq.net/http",
	} {
		if got := packageOf(function); got != want {
			t.Errorf("%s: got %s, want %s", function, got, want)
		}
	}
}
