package exportwork

import (
	"context"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// perQuestion is how many rows are asked for at a time: some ten megabytes in the database's answer.
const perQuestion = 20_000

// eachRow calls f with the expressions of every customer of the sorted ids, in their order.
func eachRow(ctx context.Context, a *audience.Lake, ids []string, expressions []string, f func(row []any) error) error {
	for chunk := range slices.Chunk(ids, perQuestion) {
		var v sqltext.Values
		s := "SELECT " + strings.Join(expressions, ", ") + " FROM customers WHERE id IN (SELECT unnest(string_split(CAST(" + v.Bind(strings.Join(chunk, "\n")) + " AS VARCHAR), chr(10)))) ORDER BY id"
		if err := a.Ask(ctx, sqltext.Statement{SQL: s, Args: v.List()}, f); err != nil {
			return err
		}
	}
	return nil
}
