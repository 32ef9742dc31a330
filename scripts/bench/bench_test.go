package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestSameSeedSameRows(t *testing.T) {
	a, b, c := newGenerator(7), newGenerator(7), newGenerator(8)
	for n := range 50 {
		if !slices.Equal(a.customerRow(n), b.customerRow(n)) || !slices.Equal(a.orderRow(n, 100), b.orderRow(n, 100)) {
			t.Fatalf("row %d differs between two runs of one seed", n)
		}
	}
	if slices.Equal(a.customerRow(1), c.customerRow(1)) {
		t.Error("two seeds gave the same customer")
	}
}

func TestFilesHoldTheirRowsAndMapEveryColumn(t *testing.T) {
	g := newGenerator(1)
	for _, f := range []file{g.customersCSV(40), g.ordersCSV(40, 10)} {
		var text bytes.Buffer
		if err := f.write(&text); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&text).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if got, want := len(rows), 41; got != want {
			t.Errorf("%s: %d lines, want %d", f.name, got, want)
		}
		header := slices.Sorted(slices.Values(rows[0]))
		if mapped := slices.Sorted(maps.Keys(f.mapping)); !slices.Equal(header, mapped) {
			t.Errorf("%s: columns %v, mapped %v", f.name, header, mapped)
		}
	}
}

func TestCreateBodiesAreJSON(t *testing.T) {
	g := newGenerator(1)
	for n := range int64(200) {
		if body := g.customerJSON(n); !json.Valid(body) {
			t.Errorf("no JSON: %s", body)
		}
	}
}

func TestVerdicts(t *testing.T) {
	for name, c := range map[string]struct {
		r    result
		full bool
		want string
	}{
		"a rate above its target":         {result{value: 3100, target: 3000}, true, "reached"},
		"a rate below its target":         {result{value: 2900, target: 3000}, true, "MISSED"},
		"a size below its ceiling":        {result{value: 79, target: 80, atMost: true}, true, "reached"},
		"a size above its ceiling":        {result{value: 81, target: 80, atMost: true}, true, "MISSED"},
		"exactly the target":              {result{value: 80, target: 80}, true, "reached"},
		"a figure without target":         {result{value: 1}, true, ""},
		"a smaller run is not comparable": {result{value: 1, target: 3000}, false, ""},
	} {
		if got := c.r.verdict(c.full); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestFiguresAreReadable(t *testing.T) {
	for want, r := range map[string]result{
		"12,345 rows/s": {value: 12345.4, unit: "rows/s"},
		"0.42 s":        {value: 0.42, unit: "s"},
		"800 /s":        {value: 800, unit: "/s"},
	} {
		if got := r.figure(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTheProcessFilesAreUnderstood(t *testing.T) {
	m, err := readMemory(os.Getpid())
	if err != nil || m.resident < 1 || m.private <= 0 || m.private > m.resident {
		t.Errorf("memory of this process: %+v, %v", m, err)
	}
	if s, err := cpuSeconds(os.Getpid()); err != nil || s < 0 {
		t.Errorf("CPU of this process: %v, %v", s, err)
	}
}

func TestWhatBoundAFigure(t *testing.T) {
	n := float64(cores())
	for want, u := range map[string]usage{
		"CPU: ":         {wall: 10, host: 8 * n, load: 1.5 * n},
		"waiting (":     {wall: 10, host: 2 * n, load: n},
		"**disturbed: ": {wall: 10, host: 2 * n, load: n, others: 5 * n},
	} {
		if got := u.busy(); !strings.HasPrefix(got, want) {
			t.Errorf("got %q, want %s...", got, want)
		}
	}
	if machineSeconds() <= 0 {
		t.Error("this machine's cores were never at work")
	}
}

func TestChoose(t *testing.T) {
	chosen, err := choose("list,create")
	if err != nil || len(chosen) != 2 || chosen[0].name != "create" {
		t.Errorf("got %v, %v; want create and list in the order of the cases", chosen, err)
	}
	if _, err := choose("create,lists"); err == nil {
		t.Error("an unknown case was accepted")
	}
}
