package main

import (
	"os"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/lake/dictionary"
)

func TestTheDocumentIsThatOfTheDictionary(t *testing.T) {
	is, err := os.ReadFile("../../docs/lake.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(is) != document() {
		t.Error("docs/lake.md is stale: go run ./scripts/lakedoc")
	}
}

func TestEveryTypeIsExplained(t *testing.T) {
	for _, kind := range dictionary.Types() {
		if row := "\n| " + string(kind) + " |"; !strings.Contains(head, row) {
			t.Errorf("the table of types has no row for %s", kind)
		}
	}
}
