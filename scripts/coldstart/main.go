// Command coldstart measures how long an API function needs from its exec to the first poll for an event, and to its first response, beside a Go
// function that does nothing: `go run ./scripts/coldstart`, or with -only customers,orders.
//
// The bootstraps are built as `make lambdas` builds them, for this machine, and run against the Runtime API twin; a stand-in for AWS in this process
// answers their calls at once with secrets and empty tables. What Lambda itself needs (the sandbox, loading the zip) and the ways to AWS come on top.
// The report goes to docs/benchmarks/ and to the screen.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
)

// options are the flags.
type options struct {
	only      string
	out       string
	rounds    int
	disturbed bool
}

func main() {
	var o options
	flag.StringVar(&o.only, "only", "", "comma-separated functions (default: every HTTP function of the catalogue)")
	flag.StringVar(&o.out, "out", "docs/benchmarks", "folder for the report; empty writes none")
	flag.IntVar(&o.rounds, "n", 50, "starts of each function")
	flag.BoolVar(&o.disturbed, "disturbed", false, "mark the report as disturbed, whatever is measured of other programs")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "coldstart:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "coldstart")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	subjects, err := buildAll(ctx, dir, rowsOf(o.only))
	if err != nil {
		return err
	}
	aws, err := startAWS()
	if err != nil {
		return err
	}
	defer aws.close()
	others := watchOthers()
	if err := measure(ctx, subjects, aws, o.rounds); err != nil {
		return err
	}
	r := report{machine: readMachine(), date: time.Now(), rounds: o.rounds, subjects: subjects, others: others(), disturbed: o.disturbed}
	fmt.Print(r.text())
	if o.out == "" {
		return nil
	}
	path := filepath.Join(o.out, r.date.Format(time.DateOnly)+"-lambda.md")
	if err := os.WriteFile(path, []byte(r.text()), 0o644); err != nil {
		return err
	}
	fmt.Println("\nwritten:", path)
	return nil
}

// rowsOf are the HTTP functions, or those of them that are named.
func rowsOf(only string) (rows []catalogue.Function) {
	names := strings.FieldsFunc(only, func(r rune) bool { return r == ',' || r == ' ' })
	for _, row := range catalogue.Rows() {
		if len(row.Paths) > 0 && (len(names) == 0 || slices.Contains(names, row.Name)) {
			rows = append(rows, row)
		}
	}
	return rows
}
