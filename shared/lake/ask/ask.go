// Package ask is the port through which a function asks a tenant's lake. It names no engine, so that who asks stays small: shared/lake/duck answers on one
// machine, and is linked where the catalogue says Cgo.
package ask

import (
	"context"
	"slices"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Column is a column of a subject that can be asked. Type is DuckDB's.
type Column struct{ Name, Type string }

// Kinds tells the types of columns by their names.
func Kinds(columns []Column) func(name string) (kind string, ok bool) {
	return func(name string) (string, bool) {
		i := slices.IndexFunc(columns, func(c Column) bool { return c.Name == name })
		if i < 0 {
			return "", false
		}
		return columns[i].Type, true
	}
}

// Lake is one tenant's lake. It is safe for concurrent use.
type Lake interface {
	// Query calls each with every row of the answer, in order. A value is nil, string, int64, float64, bool, time.Time (UTC), decimal.Decimal or []string.
	// Statements are of the lake's subjects (docs/lake.md), with their values bound. An error of each ends the query and is returned.
	Query(ctx context.Context, s sqltext.Statement, each func(row []any) error) error
	// Columns are those of a subject now, custom fields among them.
	Columns(ctx context.Context, subject string) ([]Column, error)
	// Overlay shows rows that the lake will have by and by: lines of a delta (lake.Lines) of records as the table has them. What is known already, or newer,
	// stays. Nobody but this process sees them earlier for it.
	Overlay(ctx context.Context, lines []byte) error
}

// Lakes has the lake of every tenant.
type Lakes interface {
	// Of returns the lake that stands among the tenant's objects.
	Of(tenant string, objects blob.Blob) (Lake, error)
}
