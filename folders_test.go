package dangol_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
)

// The catalogue is complete or it is nothing: a row without a folder cannot be mounted or deployed, a folder without a row runs nowhere and has
// no rights.
func TestEveryRowHasItsFolderAndEveryFolderItsRow(t *testing.T) {
	rows := map[string]bool{}
	for _, row := range catalogue.Rows() {
		rows[row.Name] = true
		if !exists("functions", row.Name, row.Name+".go") {
			t.Errorf("row %s has no functions/%[1]s/%[1]s.go, where its package comment, New and routes stand", row.Name)
		}
	}
	folders, err := os.ReadDir("functions")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if !rows[f.Name()] {
			t.Errorf("functions/%s has no row in shared/catalogue: nothing mounts it and it has no rights", f.Name())
		}
	}
}

// The first function with a main for Lambda obliges all HTTP functions: an API of which a part answers cannot be deployed.
func TestHTTPFunctionsCanBeDeployedTogether(t *testing.T) {
	var with, without []string
	for _, row := range catalogue.Rows() {
		switch {
		case len(row.Paths) == 0:
		case exists("functions", row.Name, "lambda", "main.go"):
			with = append(with, row.Name)
		default:
			without = append(without, row.Name)
		}
	}
	if len(with) > 0 && len(without) > 0 {
		t.Errorf("no lambda/main.go in %v, but in %v: a template with a part of the API would answer 404 for the rest", without, with)
	}
}

func exists(path ...string) bool {
	_, err := os.Stat(filepath.Join(path...))
	return err == nil
}
