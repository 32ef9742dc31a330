package athena

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/glue"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// view is a subject as statements know it, to stand in a WITH: the rows that are not removed, under the lake's names, with the columns that a statement
// mentions. Tenant and question are written out, for Athena takes them from the statement's text to find the files.
func (q *question) view(ctx context.Context, t glue.Table, names []string) (string, error) {
	table, err := q.table(ctx, t, names)
	if err != nil {
		return "", err
	}
	columns := []string{"id"}
	for _, c := range table.Columns {
		if c.Name != "id" && mentioned(names, c.Of) {
			columns = append(columns, sqltext.Ident(c.Name)+" AS "+sqltext.Ident(c.Of))
		}
		if mentioned(names, sqltext.Folded(c.Of)) {
			columns = append(columns, folded(c)+" AS "+sqltext.Ident(sqltext.Folded(c.Of)))
		}
	}
	return fmt.Sprintf(`%s AS (SELECT %s FROM %s.%s WHERE %s = '%s' AND %s = '%s' AND NOT "_gone")`, sqltext.Ident(t.Subject), strings.Join(columns, ", "),
		sqltext.Ident(q.Database), sqltext.Ident(table.Name), glue.Tenant, q.tenant, glue.Asked, q.id), nil
}

func mentioned(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

// folded is a text as segments compare it (sqltext.Fold).
func folded(c glue.Column) string {
	fold := func(s string) string { return "lower(normalize(" + s + ", NFC))" }
	if c.Type == dictionary.List {
		return "transform(" + sqltext.Ident(c.Name) + ", s -> " + fold("s") + ")"
	}
	return fold(sqltext.Ident(c.Name))
}
