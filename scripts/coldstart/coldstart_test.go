package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
)

// The empty function is measured truly; one that ends at once is reported with its reason and measured no further.
func TestMeasure(t *testing.T) {
	bootstrap := filepath.Join(t.TempDir(), "bootstrap")
	if out, err := exec.Command("go", "build", "-o", bootstrap, "./testdata/empty").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	gone, err := exec.LookPath("false")
	if err != nil {
		t.Fatal(err)
	}
	aws, err := startAWS()
	if err != nil {
		t.Fatal(err)
	}
	defer aws.close()
	subjects := []*subject{{row: catalogue.Function{Name: empty}, bootstrap: bootstrap}, {row: catalogue.Function{Name: "gone"}, bootstrap: gone}}
	if err := measure(t.Context(), subjects, aws, 3); err != nil {
		t.Fatal(err)
	}
	s := subjects[0]
	if len(s.runs) != 3 || s.quantile(0.5, readyMS) <= 0 || s.quantile(0.5, answeredMS) < s.quantile(0.5, readyMS) || s.quantile(0.5, rssMB) < 1 {
		t.Errorf("got %+v", s.runs)
	}
	if g := subjects[1]; len(g.runs) != 0 || !strings.Contains(g.fault, "ended before it polled") {
		t.Errorf("got %+v", g)
	}
}

func TestReportMarksTargets(t *testing.T) {
	of := func(name string, ms int) *subject {
		d := time.Duration(ms) * time.Millisecond
		return &subject{row: catalogue.Function{Name: name}, binaryMB: 6, runs: []sample{{ready: d, answered: 2 * d, rssMB: 20, anonMB: 9}}}
	}
	broken := of("broken", 1)
	broken.fault = "no | secret"
	r := report{machine: "a laptop", date: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), rounds: 1, subjects: []*subject{of(empty, 5), of("near", 9), of("far", 10), broken}}
	text := r.text()
	for _, want := range []string{
		"# Cold starts, 2026-03-02\n\na laptop.", "| (empty) | 6.0 | 5.0 | 5.0 |  | 10.0 | 10.0 | 20 | 9 |", "| near | 6.0 | 9.0 | 9.0 | 1.8 reached |",
		"| far | 6.0 | 10.0 | 10.0 | 2.0 **missed** |", "**does not start: no / secret**",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "Disturbed") {
		t.Error("a quiet run is called disturbed")
	}
	if r.others = 0.2; !strings.Contains(r.text(), "Disturbed: other programs took 20 %") {
		t.Error("a disturbed run is not marked")
	}
}

func TestRowsAreTheHTTPFunctions(t *testing.T) {
	if rows := rowsOf("customers, schedule"); len(rows) != 1 || rows[0].Name != "customers" {
		t.Errorf("got %v", rows)
	}
	if n := len(rowsOf("")); n < 15 {
		t.Errorf("got %d functions", n)
	}
}
