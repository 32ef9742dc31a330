package part_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
)

// script reads every file that it is given with both readers, and says what each column is and holds in its first row.
const script = `
import sys, pyarrow.parquet, duckdb
for path in sys.argv[1:]:
    table = pyarrow.parquet.read_table(path)
    for name, column in zip(table.column_names, table.columns):
        asked = duckdb.sql(f"SELECT \"{name}\" FROM read_parquet('{path}') LIMIT 1").fetchall()[0][0]
        told = column[0].as_py()
        print(name, column.type, told, "same" if asked == told else f"duckdb: {asked!r}", sep="|")
    print(table.num_rows, duckdb.sql(f"SELECT count(*) FROM read_parquet('{path}')").fetchall()[0][0], sep="|")
`

// TestOtherProgramsReadTheFiles: stock pyarrow and DuckDB, by the Python that DANGOL_PYTHON names.
func TestOtherProgramsReadTheFiles(t *testing.T) {
	python := os.Getenv("DANGOL_PYTHON")
	if python == "" {
		t.Skip("DANGOL_PYTHON names no Python that has pyarrow and duckdb: only this repository's reader has read the files")
	}
	for _, s := range dictionary.Subjects() {
		full := sample(s, 1)
		full.Cells = append(full.Cells, lake.Cell{Column: "custom.size", Value: 42.5})
		rows := []lake.Row{full, {Subject: s.Name, ID: "id_2", Version: 7, At: noon, Gone: true}}
		columns := columnsOf(t, s.Name, nil, rows)
		done := write(t, s.Name, columns, rows)
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		out, err := exec.CommandContext(ctx, python, "-c", script, done.Path).CombinedOutput()
		stop()
		if err != nil {
			t.Fatalf("%s: %v\n%s", s.Name, err, out)
		}
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		if got := lines[len(lines)-1]; got != "2|2" || len(lines) != len(columns)+1 {
			t.Fatalf("%s: got\n%s", s.Name, out)
		}
		for i, c := range columns {
			if want := c.Name + "|" + readerTypes[c.Type] + "|"; !strings.HasPrefix(lines[i], want) || !strings.HasSuffix(lines[i], "|same") {
				t.Errorf("%s: got %q, want %s...|same", s.Name, lines[i], want)
			}
		}
	}
}

// readerTypes are pyarrow's for those of the lake.
var readerTypes = map[dictionary.Type]string{dictionary.Text: "string", dictionary.Integer: "int64", dictionary.Money: "decimal128(18, 4)", dictionary.Number: "double",
	dictionary.Date: "date32[day]", dictionary.Moment: "timestamp[ms]", dictionary.Bool: "bool", dictionary.List: "list<element: string not null>"}
