// Command package builds what AWS Lambda runs: `make lambdas`. Every function of the catalogue with a lambda/main.go becomes bin/lambda/<function>/bootstrap,
// which infra deploys, and bin/lambda/<function>.zip, the same bytes for the same sources. It prints what each weighs and of which packages, and fails when a
// zip is over its limit or a binary is not what its row says.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/catalogue"
)

// options are the flags.
type options struct {
	only   string
	root   string
	out    string
	here   bool
	mostMB float64
	top    int
}

func main() {
	var o options
	flag.StringVar(&o.only, "only", "", "comma-separated functions (default: all)")
	flag.StringVar(&o.root, "root", ".", "folder of the repository")
	flag.StringVar(&o.out, "out", "bin/lambda", "folder for the binaries")
	flag.BoolVar(&o.here, "here", false, "for this machine, to be run by an emulator: binaries only, not looked at")
	flag.Float64Var(&o.mostMB, "most", 8, "the largest zip of a function without cgo, in MB; 0 is no limit")
	flag.IntVar(&o.top, "top", 4, "how many packages to name, by their code; 0 is none")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, catalogue.Rows(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "package:", err)
		os.Exit(1)
	}
}

// run builds the rows and reports all faults at the end: one look shows them all.
func run(ctx context.Context, o options, rows []catalogue.Function, w io.Writer) error {
	rows, err := chosen(o, rows)
	if err != nil {
		return err
	}
	if o.here {
		return buildHere(ctx, o, rows)
	}
	var faults []string
	fmt.Fprintf(w, "%-15s %-6s %8s %8s   %s\n", "function", "arch", "binary", "zip", "most code, in MB")
	for _, row := range rows {
		p, err := build(ctx, o, row)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%-15s %-6s %5.1f MB %5.1f MB   %s\n", row.Name, targetOf(row).arch, p.binaryMB, p.zipMB, p.most(o.top))
		faults = append(faults, p.faults(o.mostMB)...)
	}
	if len(faults) > 0 {
		return fmt.Errorf("%d faults:\n  %s", len(faults), strings.Join(faults, "\n  "))
	}
	return nil
}

// chosen are the rows that have a main for Lambda, by name.
func chosen(o options, rows []catalogue.Function) ([]catalogue.Function, error) {
	var out []catalogue.Function
	names := strings.FieldsFunc(o.only, func(r rune) bool { return r == ',' || r == ' ' })
	for _, row := range rows {
		if len(names) > 0 && !slices.Contains(names, row.Name) {
			continue
		}
		if _, err := os.Stat(filepath.Join(o.root, "functions", row.Name, "lambda", "main.go")); err == nil {
			out = append(out, row)
		}
	}
	if len(out) == 0 || len(names) > len(out) {
		return nil, fmt.Errorf("of %q only %d have a row and a lambda/main.go", o.only, len(out))
	}
	slices.SortFunc(out, func(a, b catalogue.Function) int { return cmp.Compare(a.Name, b.Name) })
	return out, nil
}
