package scoring

import (
	"context"
	"fmt"
	"slices"

	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Wallet is the custom field in which a workspace keeps what customers spend in a year in all. The zero Wallet knows of none.
type Wallet struct {
	Key      string
	Currency string // amounts in another are not known
}

// amount is the column of the field; "" where nobody has an amount in it.
func (w Wallet) amount(ctx context.Context, l ask.Lake) (string, error) {
	if w.Key == "" {
		return "", nil
	}
	columns, err := l.Columns(ctx, "customers")
	name := dictionary.Amount("custom." + w.Key)
	if err != nil || !slices.ContainsFunc(columns, func(c ask.Column) bool { return c.Name == name }) {
		return "", err
	}
	return name, nil
}

// wallets gives every customer their total spend, where it is known.
func wallets(ctx context.Context, s ask.State, w Wallet, column string, facts []score.Input) error {
	if column == "" {
		return nil
	}
	var v sqltext.Values
	sql := `WITH who AS MATERIALIZED (` + numbered + `) SELECT n, CAST(c.` + sqltext.Ident(column) + ` * 10000 AS BIGINT) FROM customers c JOIN who USING (id)
		WHERE c.` + sqltext.Ident(column) + ` > 0 AND c.` + sqltext.Ident(dictionary.Currency("custom."+w.Key)) + ` = ` + v.Bind(w.Currency)
	return s.Rows(ctx, sqltext.Statement{SQL: sql, Args: v.List()}, func(row []any) error {
		n, ok := index(row[0], len(facts))
		if !ok {
			return fmt.Errorf("total spend of customer %v of %d", row[0], len(facts))
		}
		facts[n].TotalSpend = whole(row[1])
		return nil
	})
}
