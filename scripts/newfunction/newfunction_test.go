package main

import (
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
)

// Every row of the catalogue is a trial: whatever starts it, the text must be Go as gofmt writes it, in a package with a comment.
func TestEveryKindOfRowGetsGoodGo(t *testing.T) {
	for _, row := range catalogue.Rows() {
		text := source(row)
		formatted, err := format.Source([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v\n%s", row.Name, err, text)
		}
		if string(formatted) != text {
			t.Errorf("%s: gofmt would change it:\n%s", row.Name, formatted)
		}
		if !strings.HasPrefix(text, "// Package "+row.Name+" ") {
			t.Errorf("%s has no package comment", row.Name)
		}
	}
}

func TestAnExistingFolderIsLeftAlone(t *testing.T) {
	root := t.TempDir()
	row := catalogue.Function{Name: "outcomes", Queue: catalogue.Outcomes}
	if made, err := write(root, row); err != nil || len(made) != 1 {
		t.Fatalf("first: %v, %v", made, err)
	}
	mine := filepath.Join(root, "outcomes", "outcomes.go")
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := write(root, row); err == nil {
		t.Error("the second time was no error")
	}
	if text, _ := os.ReadFile(mine); string(text) != "mine" {
		t.Errorf("the file was overwritten: %s", text)
	}
}

func TestTheLambdaIsTakenOver(t *testing.T) {
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "jobs", "lambda"), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "jobs", "lambda", "main.go"), []byte("serve(jobs.New)"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := write(root, catalogue.Function{Name: "offers", Paths: []string{"/v1/offers"}}); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(filepath.Join(root, "offers", "lambda", "main.go")); string(text) != "serve(offers.New)" {
		t.Errorf("got %s", text)
	}
}
