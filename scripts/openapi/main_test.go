package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDocumentIsWrittenAndChecked(t *testing.T) {
	file := filepath.Join(t.TempDir(), "openapi.yaml")
	if err := run(file, true); err == nil {
		t.Error("a document that is not there passed")
	}
	if err := run(file, false); err != nil {
		t.Fatal(err)
	}
	if err := run(file, true); err != nil {
		t.Errorf("what was just written is stale: %v", err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Replace(b, []byte("operationId: createCustomer"), []byte("operationId: addCustomer"), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run(file, true); err == nil || !strings.Contains(err.Error(), "addCustomer") || !strings.Contains(err.Error(), "make openapi") {
		t.Errorf("got %v, want the line that differs", err)
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
