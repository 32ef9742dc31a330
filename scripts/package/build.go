package main

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"

	"github.com/dangol/dangol/scripts/lambdabuild"
	"github.com/dangol/dangol/shared/catalogue"
)

// target is what a row is built for.
type target struct{ os, arch, cgo string }

// targetOf is arm64, a fifth cheaper per millisecond; DuckDB is linked with cgo, for x86_64 only. infra says the same of the function.
func targetOf(row catalogue.Function) target {
	if row.Cgo {
		return target{"linux", "amd64", "1"}
	}
	return target{"linux", "arm64", "0"}
}

// here is the same function for this machine, where an emulator runs it as a process.
func (t target) here() target { return target{runtime.GOOS, runtime.GOARCH, t.cgo} }

// buildHere makes the binaries that an emulator runs. They are not deployed, so that nobody zips or judges them.
func buildHere(ctx context.Context, o options, rows []catalogue.Function) error {
	for _, row := range rows {
		if _, err := compile(ctx, o, row, targetOf(row).here()); err != nil {
			return err
		}
	}
	return nil
}

// build makes the binary and the zip of a row and looks at both.
func build(ctx context.Context, o options, row catalogue.Function) (*pack, error) {
	binary, err := compile(ctx, o, row, targetOf(row))
	if err != nil {
		return nil, err
	}
	zipped := filepath.Dir(binary) + ".zip"
	if err := writeZip(zipped, binary); err != nil {
		return nil, fmt.Errorf("zip %s: %w", row.Name, err)
	}
	return inspect(row, binary, zipped)
}

// compile returns the path of the binary.
func compile(ctx context.Context, o options, row catalogue.Function, t target) (binary string, err error) {
	if binary, err = filepath.Abs(filepath.Join(o.out, row.Name, "bootstrap")); err != nil {
		return "", err
	}
	return binary, lambdabuild.Build(ctx, o.root, "./functions/"+row.Name+"/lambda", binary, "GOOS="+t.os, "GOARCH="+t.arch, "CGO_ENABLED="+t.cgo)
}
