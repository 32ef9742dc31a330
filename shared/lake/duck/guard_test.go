//go:build cgo

package duck_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/lake/duck"
)

// TestOnlyQuestionsOverTheLakeAreRun: whatever came to be in a statement, it reads and writes nothing but the tenant's subjects.
func TestOnlyQuestionsOverTheLakeAreRun(t *testing.T) {
	r := runner(t, duck.Options{})
	mine, other := newBucket(), newBucket()
	mine.set(duck.State{Parts: map[string][]duck.Part{"customers": {mine.customers(t, "a 1 mine")}}})
	other.set(duck.State{Parts: map[string][]duck.Part{"customers": {other.customers(t, "b 1 theirs")}}})
	l := lakeOf(t, r, "mine", mine)
	ask(t, l, names)
	ask(t, lakeOf(t, r, "other", other), names)
	secret := filepath.Join(t.TempDir(), "secret.csv")
	if err := os.WriteFile(secret, []byte("a,b\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	theirs := databaseOf(t, r, "other")
	for _, statement := range hostile {
		statement = strings.NewReplacer("FILE", secret, "THEIRS", theirs, "DIR", filepath.Dir(secret)).Replace(statement)
		t.Run(statement, func(t *testing.T) {
			err := l.Query(t.Context(), duck.Statement{SQL: statement}, func(row []any) error { t.Errorf("a row: %v", row); return nil })
			if !errors.Is(err, duck.ErrRefused) {
				t.Errorf("got %v, want ErrRefused", err)
			}
		})
	}
	if got := ask(t, l, names); !slices.Equal(got, []string{"a mine"}) {
		t.Errorf("afterwards the lake holds %q", got)
	}
	left, err := os.ReadDir(filepath.Dir(secret))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the file stand %v, %v", left, err)
	}
}

// databaseOf finds a tenant's database in the runner's folder.
func databaseOf(t *testing.T, r *duck.Runner, tenant string) string {
	t.Helper()
	path := filepath.Join(duck.DirOf(r), tenant, "lake.duckdb")
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	return path
}

var hostile = []string{
	`SELECT * FROM read_csv('FILE')`,
	`SELECT * FROM read_text('FILE')`,
	`SELECT * FROM read_blob('THEIRS')`,
	`SELECT * FROM 'FILE'`,
	`SELECT * FROM "FILE"`,
	`SELECT * FROM glob('DIR/*')`,
	`SELECT (SELECT content FROM read_text('FILE')) FROM customers`,
	`SELECT id FROM customers WHERE id IN (SELECT a FROM read_csv('FILE'))`,
	`SELECT id FROM customers ORDER BY (SELECT max(content) FROM read_text('FILE'))`,
	`WITH customers AS (SELECT * FROM read_csv('FILE')) SELECT * FROM customers`,
	`SELECT * FROM (VALUES (1)) v(x), LATERAL (SELECT * FROM sniff_csv('FILE'))`,
	`FROM (PIVOT (SELECT * FROM read_csv('FILE')) ON a USING sum(b))`,
	`SELECT * FROM query('SELECT * FROM read_csv(''FILE'')')`,
	`SELECT * FROM query_table('FILE')`,
	`SELECT * FROM read_csv('FILE') UNION ALL SELECT id, name FROM customers`,
	`ATTACH 'THEIRS' AS theirs`,
	`ATTACH ':memory:' AS m`,
	`SELECT * FROM theirs.customers`,
	`COPY customers TO 'DIR/out.csv'`,
	`COPY customers FROM 'FILE'`,
	`EXPORT DATABASE 'DIR/out'`,
	`IMPORT DATABASE 'DIR'`,
	`INSTALL httpfs`,
	`LOAD httpfs`,
	`SET enable_external_access = true`,
	`SET memory_limit = '100GB'`,
	`SET VARIABLE x = 1`,
	`RESET ALL`,
	`PRAGMA database_list`,
	`PRAGMA enable_profiling`,
	`CALL pragma_version()`,
	`SELECT * FROM duckdb_settings()`,
	`SELECT * FROM duckdb_tables()`,
	`SELECT * FROM duckdb_secrets()`,
	`SELECT * FROM enable_logging(storage = 'file', storage_config = {'path': 'DIR'})`,
	`SELECT * FROM information_schema.tables`,
	`SELECT * FROM sqlite_master`,
	`SELECT * FROM "~customers"`,
	`SELECT * FROM main.customers`,
	`SHOW TABLES`,
	`DESCRIBE customers`,
	`SELECT * FROM (SHOW TABLES)`,
	`SUMMARIZE customers`,
	`EXPLAIN ANALYZE SELECT * FROM customers`,
	`CREATE TABLE x AS SELECT 1`,
	`CREATE MACRO f() AS TABLE SELECT * FROM read_csv('FILE')`,
	`CREATE SECRET s (TYPE s3)`,
	`DROP VIEW customers`,
	`DELETE FROM customers`,
	`UPDATE customers SET name = 'x'`,
	`INSERT INTO customers VALUES (1)`,
	`BEGIN`, `COMMIT`, `CHECKPOINT`, `VACUUM`,
	`PREPARE p AS SELECT 1`,
	`SELECT 1; SELECT 2`,
	`SELECT id FROM customers; COPY customers TO 'DIR/out.csv'`,
	``,
	`-- nothing`,
}

// TestTheDatabaseItselfIsLocked: behind the guard stands a database that reaches no file of another, should a statement ever come past it.
func TestTheDatabaseItselfIsLocked(t *testing.T) {
	r := runner(t, duck.Options{})
	mine, other := newBucket(), newBucket()
	l := lakeOf(t, r, "mine", mine)
	ask(t, l, names)
	ask(t, lakeOf(t, r, "other", other), names)
	for _, statement := range []string{
		`SELECT * FROM read_text('/etc/passwd')`,
		`SELECT * FROM read_blob('` + databaseOf(t, r, "other") + `')`,
		`SELECT * FROM read_blob('` + filepath.Dir(databaseOf(t, r, "mine")) + `/../other/lake.duckdb')`,
		`ATTACH '` + databaseOf(t, r, "other") + `' AS theirs (READ_ONLY)`,
		`COPY customers TO '` + t.TempDir() + `/out.csv'`,
		`SET enable_external_access = true`,
		`SET allowed_directories = ['/']`,
		`SET lock_configuration = false`,
		`RESET lock_configuration`,
		`INSTALL httpfs`,
		`LOAD httpfs`,
	} {
		if err := duck.Unguarded(t.Context(), l, statement); err == nil {
			t.Errorf("%s was run", statement)
		}
	}
}

// TestValuesAreOnlyValues: what a person types is bound, and finds itself at most.
func TestValuesAreOnlyValues(t *testing.T) {
	b := newBucket()
	l := stand(t, b, duck.Options{})
	for _, text := range []string{`'; DROP VIEW customers; --`, `" OR 1=1`, `$1`, `\`, "a\x00b", `read_csv('/etc/passwd')`, `%`, `{"x":1}`} {
		if got := ask(t, l, `SELECT count(*), $1 FROM customers WHERE name = $1`, text); !slices.Equal(got, []string{"0 " + text}) {
			t.Errorf("%q came back as %q", text, got)
		}
	}
}

func TestATenantIsNoPath(t *testing.T) {
	r := runner(t, duck.Options{})
	for _, tenant := range []string{"", ".", "..", "a/b", `a\b`, "a'b", strings.Repeat("a", 65)} {
		if _, err := r.Lake(tenant, newBucket()); !errors.Is(err, duck.ErrRefused) {
			t.Errorf("tenant %q: %v", tenant, err)
		}
	}
}
