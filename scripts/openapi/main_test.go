package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFilesAreWrittenAndChecked(t *testing.T) {
	root := t.TempDir()
	if err := run(root, true); err == nil {
		t.Error("files that are not there passed")
	}
	if err := run(root, false); err != nil {
		t.Fatal(err)
	}
	if err := run(root, true); err != nil {
		t.Errorf("what was just written is stale: %v", err)
	}
	for _, c := range []struct{ file, was, is string }{
		{"docs/openapi.yaml", "operationId: createCustomer", "operationId: addCustomer"},
		{"functions/docs/ko/reference.html", `<article id="createCustomer">`, `<article id="addCustomer">`},
		{"functions/docs/en/problems.html", `<div id="not_found"`, `<div id="lost"`},
	} {
		t.Run(c.file, func(t *testing.T) {
			file := filepath.Join(root, c.file)
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			change(t, file, bytes.Replace(b, []byte(c.was), []byte(c.is), 1))
			if err := run(root, true); err == nil || !strings.Contains(err.Error(), c.is) || !strings.Contains(err.Error(), "make openapi") {
				t.Errorf("got %v, want the line that differs", err)
			}
			change(t, file, b)
		})
	}
}

func change(t *testing.T, file string, b []byte) {
	t.Helper()
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct{ written, fresh, want string }{
		{"a\nb", "a\nb", ""},
		{"a\nb", "a\nc", "line 2"},
		{"a", "a\nb", "(the end)"},
	} {
		err := compare("x.yaml", []byte(c.written), []byte(c.fresh))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q against %q: %v", c.written, c.fresh, err)
		}
	}
}
