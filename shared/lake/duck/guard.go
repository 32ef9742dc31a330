//go:build cgo

package duck

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
)

// rowMakers are the table functions that a statement may use: they make rows out of values. All others read files, settings or the machine, or, as
// enable_logging does, change them from within a SELECT.
var rowMakers = []string{"unnest", "range", "generate_series"}

// check refuses a statement that is not one SELECT over tables. It has DuckDB parse it, which tells more than any pattern: the tree names every table and
// table function, however deep.
func check(ctx context.Context, db *sql.DB, statement string, tables []string) error {
	var text string
	if err := db.QueryRowContext(ctx, "SELECT CAST(json_serialize_sql(CAST($1 AS VARCHAR)) AS VARCHAR)", statement).Scan(&text); err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	var tree struct {
		Error      bool   `json:"error"`
		Message    string `json:"error_message"`
		Statements []any  `json:"statements"`
	}
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if tree.Error || len(tree.Statements) != 1 {
		return fmt.Errorf("%w: %d statements %s", ErrRefused, len(tree.Statements), tree.Message)
	}
	return checkNode(tree.Statements[0], tables)
}

// checkNode walks the tree. A name that WITH gives to a query counts as a table from there on inwards.
func checkNode(node any, tables []string) error {
	switch n := node.(type) {
	case []any:
		for _, inner := range n {
			if err := checkNode(inner, tables); err != nil {
				return err
			}
		}
	case map[string]any:
		tables = append(slices.Clone(tables), namesOfWith(n)...)
		if err := checkTable(n, tables); err != nil {
			return err
		}
		for _, inner := range n {
			if err := checkNode(inner, tables); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkTable decides about a node that stands where rows come from.
func checkTable(n map[string]any, tables []string) error {
	switch n["type"] {
	case "BASE_TABLE":
		name, _ := n["table_name"].(string)
		if n["schema_name"] != "" || n["catalog_name"] != "" || !slices.Contains(tables, name) {
			return fmt.Errorf("%w: table %q", ErrRefused, name)
		}
	case "TABLE_FUNCTION":
		function, _ := n["function"].(map[string]any)
		if name, _ := function["function_name"].(string); !slices.Contains(rowMakers, name) {
			return fmt.Errorf("%w: table function %q", ErrRefused, name)
		}
	case "SHOW_REF", "COLUMN_DATA", "DELIM_GET", "BOUND_TABLE_REF":
		return fmt.Errorf("%w: %v", ErrRefused, n["type"])
	}
	return nil
}

func namesOfWith(n map[string]any) (names []string) {
	outer, _ := n["cte_map"].(map[string]any)
	entries, _ := outer["map"].([]any)
	for _, e := range entries {
		entry, _ := e.(map[string]any)
		if name, ok := entry["key"].(string); ok {
			names = append(names, name)
		}
	}
	return names
}
