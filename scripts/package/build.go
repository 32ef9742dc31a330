package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/dangol/dangol/scripts/lambdabuild"
	"github.com/dangol/dangol/shared/catalogue"
)

// target is what a row is built for.
type target struct{ arch, cgo string }

// targetOf is arm64, a fifth cheaper per millisecond; DuckDB is linked with cgo, for x86_64 only. infra says the same of the function.
func targetOf(row catalogue.Function) target {
	if row.Cgo {
		return target{"amd64", "1"}
	}
	return target{"arm64", "0"}
}

// build makes the binary and the zip of a row and looks at both.
func build(ctx context.Context, o options, row catalogue.Function) (*pack, error) {
	binary, err := filepath.Abs(filepath.Join(o.out, row.Name, "bootstrap"))
	if err != nil {
		return nil, err
	}
	if err := compile(ctx, o.root, binary, row); err != nil {
		return nil, err
	}
	zipped := filepath.Dir(binary) + ".zip"
	if err := writeZip(zipped, binary); err != nil {
		return nil, fmt.Errorf("zip %s: %w", row.Name, err)
	}
	return inspect(row, binary, zipped)
}

func compile(ctx context.Context, root, binary string, row catalogue.Function) error {
	t := targetOf(row)
	return lambdabuild.Build(ctx, root, "./functions/"+row.Name+"/lambda", binary, "GOOS=linux", "GOARCH="+t.arch, "CGO_ENABLED="+t.cgo)
}
