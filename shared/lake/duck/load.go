//go:build cgo

package duck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

// table loads the files of one subject within a transaction.
type table struct {
	Subject
	columns []Column // of the table as it is, without those derived
	mart    *Mart    // notes what changes; nil where none was made, and between transactions
}

func (t *table) create(ctx context.Context, tx *sql.Conn) error {
	t.columns = withKept(t.Subject.Columns)
	return execute(ctx, tx, "CREATE TABLE "+rowsOf(t.Name)+" ("+t.definitions(t.columns)+")")
}

// view makes the subject show the rows that are not removed.
func (t *table) view(ctx context.Context, tx *sql.Conn) error {
	return execute(ctx, tx, fmt.Sprintf("CREATE OR REPLACE VIEW %s AS SELECT * EXCLUDE (%s) FROM %s WHERE NOT _gone",
		sqltext.Ident(t.Name), sqltext.Ident(partColumn), rowsOf(t.Name)))
}

// loadPart puts the rows of a part into the table. Where rows of deltas are there already, the highest version of an id wins.
func (t *table) loadPart(ctx context.Context, tx *sql.Conn, path string, number int) error {
	file := "read_parquet(" + literal(path) + ")"
	found, err := describe(ctx, tx, file)
	if err != nil {
		return err
	}
	selection, err := t.fit(ctx, tx, found, number)
	if err != nil {
		return err
	}
	var deltas bool
	if err := tx.QueryRowContext(ctx, "SELECT EXISTS (FROM "+rowsOf(t.Name)+" WHERE "+sqltext.Ident(partColumn)+" = 0)").Scan(&deltas); err != nil {
		return err
	}
	if deltas {
		return t.merge(ctx, tx, "SELECT "+selection+" FROM "+file, ">")
	}
	if err := execute(ctx, tx, "INSERT INTO "+rowsOf(t.Name)+" BY NAME SELECT "+selection+" FROM "+file); err != nil {
		return err
	}
	return t.note(ctx, tx, t.ofPart(number))
}

// dropPart takes out the rows that came with a part.
func (t *table) dropPart(ctx context.Context, tx *sql.Conn, number int) error {
	if err := t.note(ctx, tx, t.ofPart(number)); err != nil {
		return err
	}
	return execute(ctx, tx, "DELETE FROM "+t.ofPart(number))
}

// merge puts rows, each id once, into the table, but for those that what is there beats: by a higher version (">"), or by the same one too (">="). A part's row
// takes the place of the same row of a delta, since deltas go once the parts hold them; a delta's never that of a part.
//
// Between the steps only ids are kept: a table of all columns takes 256 kB for each of them, however few its rows.
func (t *table) merge(ctx context.Context, tx *sql.Conn, query, beats string) error {
	err := execute(ctx, tx,
		"CREATE OR REPLACE TEMP TABLE winners AS SELECT id, _v FROM ("+query+")",
		"DELETE FROM winners w USING "+rowsOf(t.Name)+" t WHERE t.id = w.id AND t._v "+beats+" w._v")
	if err != nil {
		return err
	}
	there := rowsOf(t.Name) + " t SEMI JOIN winners w ON t.id = w.id"
	if err := t.note(ctx, tx, there); err != nil {
		return err
	}
	err = execute(ctx, tx,
		"DELETE FROM "+rowsOf(t.Name)+" t USING winners w WHERE t.id = w.id",
		"INSERT INTO "+rowsOf(t.Name)+" BY NAME FROM ("+query+") q SEMI JOIN winners w ON q.id = w.id")
	if err != nil {
		return err
	}
	return errors.Join(t.note(ctx, tx, there), execute(ctx, tx, "DROP TABLE winners"))
}

// fit gives the table the columns of what is to be loaded, and returns how to read them.
func (t *table) fit(ctx context.Context, tx *sql.Conn, found []Column, part int) (string, error) {
	columns := make([]Column, len(found))
	for i, f := range found {
		c, err := t.fitColumn(ctx, tx, f)
		if err != nil {
			return "", err
		}
		columns[i] = c
	}
	return t.selection(columns, part), nil
}

// fitColumn adds a column that is new. A custom field that holds texts in one file and something else in another is a text.
func (t *table) fitColumn(ctx context.Context, tx *sql.Conn, found Column) (Column, error) {
	found.Type = typeOf(found.Type)
	for i, c := range t.columns {
		switch {
		case c.Name != found.Name:
		case c.Type == found.Type || c.Type == "VARCHAR" || !strings.HasPrefix(c.Name, "custom."):
			return c, nil
		default:
			t.columns[i].Type = "VARCHAR"
			return t.columns[i], t.widen(ctx, tx, c)
		}
	}
	t.columns = append(t.columns, found)
	return found, t.add(ctx, tx, found)
}

func (t *table) add(ctx context.Context, tx *sql.Conn, c Column) error {
	statements := []string{"ALTER TABLE " + rowsOf(t.Name) + " ADD COLUMN " + sqltext.Ident(c.Name) + " " + c.Type}
	for _, d := range t.derived(c) {
		statements = append(statements, "ALTER TABLE "+rowsOf(t.Name)+" ADD COLUMN "+sqltext.Ident(d.name)+" "+d.kind)
	}
	return execute(ctx, tx, statements...)
}

// widen makes a column one of texts, with what is derived from it: by altering alone, since a row that was updated before another column is altered would not
// be committed.
func (t *table) widen(ctx context.Context, tx *sql.Conn, c Column) error {
	rows, name := rowsOf(t.Name), sqltext.Ident(c.Name)
	var statements []string
	for _, d := range t.derived(c) {
		statements = append(statements, "ALTER TABLE "+rows+" DROP COLUMN "+sqltext.Ident(d.name))
	}
	statements = append(statements, "ALTER TABLE "+rows+" ALTER "+name+" TYPE VARCHAR USING "+asText(name, c.Type))
	for _, d := range t.derived(Column{Name: c.Name, Type: "VARCHAR"}) {
		statements = append(statements, "ALTER TABLE "+rows+" ADD COLUMN "+sqltext.Ident(d.name)+" "+d.kind,
			"ALTER TABLE "+rows+" ALTER "+sqltext.Ident(d.name)+" TYPE "+d.kind+" USING "+d.from)
	}
	return execute(ctx, tx, statements...)
}

// asText writes a number without the ".0" that DuckDB adds to whole ones.
func asText(expression, kind string) string {
	text := "CAST(" + expression + " AS VARCHAR)"
	if kind == "DOUBLE" {
		return `regexp_replace(` + text + `, '\.0$', '')`
	}
	return text
}

// typeOf brings the types that writers of Parquet may choose to those of the lake.
func typeOf(found string) string {
	switch {
	case found == "VARCHAR[]" || found == "BOOLEAN" || found == "DATE" || found == "BIGINT" || found == "DOUBLE":
		return found
	case strings.HasPrefix(found, "TIMESTAMP"):
		return "TIMESTAMP"
	case strings.HasPrefix(found, "DECIMAL"):
		return "DECIMAL(18,4)"
	case found == "FLOAT":
		return "DOUBLE"
	case strings.HasSuffix(found, "INT") || strings.HasSuffix(found, "INTEGER"):
		return "BIGINT"
	default:
		return "VARCHAR"
	}
}

func describe(ctx context.Context, tx *sql.Conn, from string) (columns []Column, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT column_name, column_type FROM (DESCRIBE FROM "+from+")") //nolint:gosec // from names a file that this package fetched
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c Column
		if err := rows.Scan(&c.Name, &c.Type); err != nil {
			return nil, err
		}
		columns = append(columns, c)
	}
	return columns, rows.Err()
}

func execute(ctx context.Context, tx *sql.Conn, statements ...string) error {
	for _, s := range statements {
		if _, err := tx.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%.60s: %w", s, err)
		}
	}
	return nil
}
