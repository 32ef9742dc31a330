package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// report gathers the rows and writes them as Markdown.
type report struct {
	o       options
	machine machine
	date    time.Time
	rows    []string
	missed  int
}

func newReport(o options, m machine) *report { return &report{o: o, machine: m, date: time.Now()} }

func (r *report) add(c benchCase, f result) {
	verdict := f.verdict(r.o.full())
	if verdict == "MISSED" {
		verdict, r.missed = "**missed**", r.missed+1
	}
	r.rows = append(r.rows, fmt.Sprintf("| %s | %s | %s | %s | %s | %s |", c.name, f.what, f.figure(), f.targetText(), verdict, f.bound))
}

func (r *report) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# The thread, %s\n\n%s.\n\n", r.date.Format(time.DateOnly), r.machine)
	fmt.Fprintf(&b, "Host, load generator and SMTP sink share the cores. Rates are the median of %d rounds of %d s after a warm-up, over HTTP on loopback; seed %d.\n",
		r.o.rounds, r.o.seconds, r.o.seed)
	if !r.o.full() {
		fmt.Fprintf(&b, "**A smaller run** (%d customers, %d orders): not to be compared with the targets.\n", r.o.customers, r.o.orders)
	}
	fmt.Fprintf(&b, "\n| case | what | figure | target | | what bounded it |\n|---|---|---:|---:|---|---|\n%s\n", strings.Join(r.rows, "\n"))
	return b.String()
}

// write stores the report under its date; another run of the day replaces it.
func (r *report) write(dir string) (string, error) {
	path := filepath.Join(dir, r.date.Format(time.DateOnly)+"-thread.md")
	return path, os.WriteFile(path, []byte(r.text()), 0o644)
}
