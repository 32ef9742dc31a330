package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dangol/dangol/scripts/lambdabuild"
	"github.com/dangol/dangol/shared/catalogue"
)

// empty is the name of the function that does nothing; it has no row.
const empty = "(empty)"

// subject is a built function with what was measured of it.
type subject struct {
	row       catalogue.Function
	bootstrap string
	binaryMB  float64
	fault     string // why it does not start; "" when it does
	runs      []sample
}

// buildAll builds the empty function and those of the rows, as they are deployed but for this machine.
func buildAll(ctx context.Context, dir string, rows []catalogue.Function) ([]*subject, error) {
	out := []*subject{{row: catalogue.Function{Name: empty, MemoryMB: 128}}}
	for _, row := range rows {
		out = append(out, &subject{row: row})
	}
	for i, s := range out {
		s.bootstrap = filepath.Join(dir, fmt.Sprint(i), "bootstrap")
		from := "./functions/" + s.row.Name + "/lambda"
		if s.row.Name == empty {
			from = "./scripts/coldstart/testdata/empty"
		}
		if err := lambdabuild.Build(ctx, ".", from, s.bootstrap, "CGO_ENABLED=0"); err != nil {
			return nil, err
		}
		info, err := os.Stat(s.bootstrap)
		if err != nil {
			return nil, err
		}
		s.binaryMB = float64(info.Size()) / 1e6
	}
	return out, nil
}
