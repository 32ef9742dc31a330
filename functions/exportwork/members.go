package exportwork

import (
	"context"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/lake/sheet"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// members writes who is in a segment.
func members(ctx context.Context, r *hop.Run) (bool, error) {
	var p export.Params
	if err := r.Params(&p); err != nil {
		return false, err
	}
	s, err := r.T.Segment(ctx, p.SegmentID)
	if err != nil {
		return false, err
	}
	a, err := ready(ctx, r)
	if err != nil {
		return false, err
	}
	ids, err := a.Members(ctx, s)
	if err != nil {
		return false, err
	}
	of, _ := sheet.Of(export.Customers)
	c, err := contentOf(ctx, r, a, of, p)
	if err != nil {
		return false, err
	}
	c.name, c.rows = s.Name, ofMembers(a, ids)
	return made(ctx, r, p, c, s.Version)
}

// perQuestion is how many rows are asked for at a time: some ten megabytes in the database's answer.
const perQuestion = 20_000

// ofMembers finds the customers of sorted ids, in their order.
func ofMembers(a *audience.Lake, ids []string) rows {
	return func(ctx context.Context, expressions []string, each func(row []any) error) error {
		for chunk := range slices.Chunk(ids, perQuestion) {
			var v sqltext.Values
			s := "SELECT " + strings.Join(expressions, ", ") + " FROM customers c WHERE c.id IN (SELECT unnest(string_split(CAST(" + v.Bind(strings.Join(chunk, "\n")) + " AS VARCHAR), chr(10)))) ORDER BY c.id"
			if err := a.Ask(ctx, sqltext.Statement{SQL: s, Args: v.List()}, each); err != nil {
				return err
			}
		}
		return nil
	}
}
