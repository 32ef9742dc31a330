//go:build cgo

package duck

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// lineColumns are the members of a line of a delta.
const lineColumns = "{s: 'VARCHAR', v: 'BIGINT', \"at\": 'TIMESTAMP', gone: 'BOOLEAN', id: 'VARCHAR', \"row\": 'JSON'}"

// mostLine is more bytes than a line has: a record of 400 kB with every character escaped. DuckDB keeps a buffer of twice that for each reader.
const mostLine = 4 << 20

// readDeltas brings the lines of deltas into a table of the connection, of which loadDeltas takes what is its subject's.
func readDeltas(ctx context.Context, tx *sql.Conn, paths []string) error {
	files := make([]string, len(paths))
	for i, p := range paths {
		files[i] = literal(p)
	}
	return execute(ctx, tx, "CREATE OR REPLACE TEMP TABLE lines AS FROM read_json(["+strings.Join(files, ", ")+
		"], format = 'newline_delimited', columns = "+lineColumns+", maximum_object_size = "+strconv.Itoa(mostLine)+")")
}

func subjectsOfLines(ctx context.Context, tx *sql.Conn) (names []string, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT DISTINCT s FROM lines")
	if err != nil {
		return nil, fmt.Errorf("subjects of the deltas: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// loadDeltas puts the newest line of every id into the table, unless something newer is there.
func (t *table) loadDeltas(ctx context.Context, tx *sql.Conn) error {
	custom, err := t.customOfLines(ctx, tx)
	if err != nil {
		return err
	}
	columns := withOthers(t.columns, custom)
	selection, err := t.fit(ctx, tx, columns, 0)
	if err != nil {
		return err
	}
	return t.merge(ctx, tx, "SELECT "+selection+" FROM ("+t.newestLines(columns)+")", ">=")
}

// newestLines reads the members of a row as the columns of their types.
func (t *table) newestLines(columns []Column) string {
	shape := map[string]string{}
	var out []string
	for _, c := range columns {
		if hasColumn(kept, c.Name) {
			continue
		}
		shape[c.Name] = c.Type
		out = append(out, "r."+sqltext.Ident(c.Name)+" AS "+sqltext.Ident(c.Name))
	}
	structure, _ := json.Marshal(shape) // strings alone cannot fail
	return fmt.Sprintf("SELECT id, v AS _v, \"at\" AS _at, coalesce(gone, false) AS _gone%s FROM (SELECT *, json_transform(\"row\", %s) AS r "+
		"FROM lines WHERE s = %s QUALIFY row_number() OVER (PARTITION BY id ORDER BY v DESC) = 1)",
		strings.Join(append([]string{""}, out...), ", "), literal(string(structure)), literal(t.Name))
}

// withOthers are columns, and others in the place of those of the same name or behind them.
func withOthers(columns, others []Column) []Column {
	out := slices.Clone(columns)
	for _, c := range others {
		if i := slices.IndexFunc(out, func(known Column) bool { return known.Name == c.Name }); i >= 0 {
			out[i] = c
		} else {
			out = append(out, c)
		}
	}
	return out
}

// customOfLines finds the custom fields that lines bring for the first time, or with values of another type than those that are there: those become texts.
func (t *table) customOfLines(ctx context.Context, tx *sql.Conn) (columns []Column, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT k, list(DISTINCT json_type("row", '$."' || k || '"')) FROM (SELECT "row", unnest(json_keys("row")) AS k FROM lines WHERE s = $1)
		WHERE regexp_full_match(k, 'custom\.[a-z][a-zA-Z0-9_]*(\.amount|\.currency|\.items)?') GROUP BY k ORDER BY k`, t.Name)
	if err != nil {
		return nil, fmt.Errorf("custom fields of the deltas: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var kinds any
		if err := rows.Scan(&name, &kinds); err != nil {
			return nil, err
		}
		if c, valid := customColumn(name, kinds); valid && !t.has(&c) {
			columns = append(columns, c)
		}
	}
	return columns, rows.Err()
}

// has says whether the table can hold the values of a column as it is. If it has the column, but of another type, the column becomes text.
func (t *table) has(c *Column) bool {
	i := slices.IndexFunc(t.columns, func(known Column) bool { return known.Name == c.Name })
	if i < 0 {
		return false
	}
	if t.columns[i].Type == c.Type || t.columns[i].Type == "VARCHAR" {
		return true
	}
	c.Type = "VARCHAR"
	return false
}

// customColumn is the column of a custom field, the one of its lists, or one of the two of a field of money: its amount is a text in a delta, as everywhere in JSON.
func customColumn(name string, kinds any) (c Column, valid bool) {
	field, amount := strings.CutSuffix(name, ".amount")
	field = strings.TrimSuffix(strings.TrimSuffix(field, ".currency"), ".items")
	_, valid = customer.CustomAt(field)
	if amount {
		return Column{Name: name, Type: "DECIMAL(18,4)"}, valid
	}
	return Column{Name: name, Type: customType(kinds)}, valid
}

// customType is the type of a field whose values are of these types of JSON; of several, text.
func customType(kinds any) string {
	found := map[string]bool{}
	list, _ := kinds.([]any)
	for _, k := range list {
		if kind, ok := jsonTypes[fmt.Sprint(k)]; ok {
			found[kind] = true
		}
	}
	if len(found) != 1 {
		return "VARCHAR"
	}
	for kind := range found {
		return kind
	}
	return ""
}

var jsonTypes = map[string]string{"VARCHAR": "VARCHAR", "DOUBLE": "DOUBLE", "BIGINT": "DOUBLE", "UBIGINT": "DOUBLE", "BOOLEAN": "BOOLEAN", "ARRAY": "VARCHAR[]"}
