//go:build cgo

package athenatwin

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/blob"
	_ "github.com/dangol/dangol/shared/lake/duck" // the one package that links DuckDB, and so brings its driver
	"github.com/dangol/dangol/shared/lake/glue"
)

// failure is why a question fails, in Athena's words.
type failure string

// Error implements error.
func (f failure) Error() string { return string(f) }

const tooMuch = "Bytes scanned limit was exceeded"

// unload is an UNLOAD statement. Source: Athena user guide, "UNLOAD".
var unload = regexp.MustCompile(`(?s)^UNLOAD \((.*)\) TO 's3://` + Bucket + `/([^']*)' WITH \(format = 'PARQUET', compression = '[A-Z]+'\)$`)

// answer runs a question with the rights of who asks.
func (w *Twin) answer(ctx context.Context, s Start, who string) (*Answer, error) {
	statement, err := withValues(s.QueryString, s.ExecutionParameters)
	if err != nil {
		return nil, err
	}
	to := ""
	if m := unload.FindStringSubmatch(statement); m != nil {
		statement, to = m[1], m[2]
	}
	r := &reading{Twin: w, ctx: ctx, who: who}
	if w.Run != nil {
		return w.Run(statement)
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1) // settings are a connection's
	if _, err := db.ExecContext(ctx, macros); err != nil {
		return nil, err
	}
	if statement, err = r.overFiles(db, statement); err != nil {
		return nil, err
	}
	statement = inDuckDB.Replace(statement)
	if to != "" {
		return &Answer{}, r.unload(db, statement, to)
	}
	return collect(ctx, db, statement)
}

// withValues puts the values in the place of the question marks, as Athena does.
func withValues(statement string, values []string) (string, error) {
	var out strings.Builder
	n, quote := 0, byte(0)
	for i := range len(statement) {
		c := statement[i]
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case quote == 0 && c == '?':
			if n < len(values) {
				out.WriteString(values[n])
			}
			n++
			continue
		}
		out.WriteByte(c)
	}
	if n != len(values) {
		return "", fmt.Errorf("INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected %d but found %d", n, len(values))
	}
	return out.String(), nil
}

// reading reads tables for one question.
type reading struct {
	*Twin
	ctx   context.Context
	who   string
	bytes int64
}

// reference is a table with the keys that it injects.
var reference = regexp.MustCompile(`"` + Database + `"\."([a-z0-9_]+)"(?: WHERE ` + glue.Tenant + ` = '([^']*)' AND ` + glue.Asked + ` = '([^']*)')?`)

// overFiles puts the listed files in the place of tables.
func (r *reading) overFiles(db *sql.DB, statement string) (string, error) {
	var failed error
	out := reference.ReplaceAllStringFunc(statement, func(at string) string {
		m := reference.FindStringSubmatch(at)
		r.mu.Lock()
		t, known := r.tables[m[1]]
		r.mu.Unlock()
		switch {
		case !known:
			failed = fmt.Errorf("TABLE_NOT_FOUND: line 1:1: Table '%s' does not exist", m[1])
		case m[2] == "" || m[3] == "":
			failed = failure("CONSTRAINT_VIOLATION: For the injected projected partition column " + glue.Tenant +
				", the WHERE clause must contain only static equality conditions, and at least one such condition must be present.")
		}
		if failed != nil {
			return ""
		}
		files, err := r.files(glue.Links(m[2], m[3], t.Subject))
		if err != nil {
			failed = err
			return ""
		}
		rows, err := relation(db, t, files)
		if err != nil {
			failed = err
		}
		return rows + " WHERE true"
	})
	return out, failed
}

// files brings the files that are listed under a prefix to the local folder.
func (r *reading) files(prefix string) (paths []string, err error) {
	if err := r.may(prefix); err != nil {
		return nil, err
	}
	err = blob.Each(r.ctx, r.objects, prefix, "", func(o blob.Info) error {
		list, err := r.read(o.Key)
		for line := range strings.Lines(string(list)) {
			key, isHere := strings.CutPrefix(strings.TrimSpace(line), "s3://"+Bucket+"/")
			if !isHere {
				return fmt.Errorf("HIVE_FILESYSTEM_ERROR: no object %q", line)
			}
			path, err := r.fetch(key)
			if err != nil {
				return err
			}
			paths = append(paths, path)
		}
		return err
	})
	return paths, err
}

// may says whether who asks reaches a key.
func (r *reading) may(key string) error {
	if r.who != "" && !strings.HasPrefix(key, "t/"+r.who+"/") {
		return failure("Access Denied (Service: Amazon S3; Status Code: 403; Path: s3://" + Bucket + "/" + key + ")")
	}
	return nil
}

func (r *reading) read(key string) ([]byte, error) {
	if err := r.may(key); err != nil {
		return nil, err
	}
	in, _, err := r.objects.Get(r.ctx, key, 0, -1)
	if err != nil {
		return nil, fmt.Errorf("HIVE_CANNOT_OPEN_SPLIT: %s: %w", key, err)
	}
	defer in.Close()
	return io.ReadAll(in)
}

func (r *reading) fetch(key string) (string, error) {
	content, err := r.read(key)
	if err != nil {
		return "", err
	}
	if r.bytes += int64(len(content)); r.mostBytes > 0 && r.bytes > r.mostBytes {
		return "", failure("Query cancelled! : " + tooMuch)
	}
	path := filepath.Join(r.dir, strings.ReplaceAll(key, "/", "_"))
	return path, os.WriteFile(path, content, 0o600)
}

// relation is the rows of files as a table has them: each column by its name, NULL where a file lacks it, and refused where a file has it of another type.
func relation(db *sql.DB, t glue.Table, files []string) (string, error) {
	columns := make([]string, len(t.Columns))
	if len(files) == 0 {
		for i, c := range t.Columns {
			columns[i] = fmt.Sprintf("CAST(NULL AS %s) AS %q", c.Type.DuckDB(), c.Name)
		}
		return "(SELECT " + strings.Join(columns, ", ") + " WHERE false)", nil
	}
	var each []string
	for _, f := range files {
		of := "read_parquet('" + f + "')"
		has, err := collect(context.Background(), db, "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM "+of+")")
		if err != nil {
			return "", err
		}
		types := map[string]string{}
		for _, row := range has.Rows {
			types[strings.ToLower(*row[0])] = *row[1]
		}
		for i, c := range t.Columns {
			columns[i] = fmt.Sprintf("CAST(NULL AS %s) AS %q", c.Type.DuckDB(), c.Name)
			switch kind := types[c.Name]; kind {
			case "":
			case c.Type.DuckDB():
				columns[i] = fmt.Sprintf("%q", c.Name)
			default:
				return "", fmt.Errorf("HIVE_BAD_DATA: Field %s's type %s in parquet file %s is incompatible with type %s defined in table schema", c.Name, kind, f, c.Kind)
			}
		}
		each = append(each, "SELECT "+strings.Join(columns, ", ")+" FROM "+of)
	}
	return "(" + strings.Join(each, " UNION ALL ") + ")", nil
}

// inDuckDB says Trino's functions as DuckDB calls them; macros says the others.
var inDuckDB = strings.NewReplacer("contains(", "list_contains(", "transform(", "list_transform(", "filter(", "list_filter(", "cardinality(", "len(",
	"normalize(", "nfc_normalize(", ", NFC)", ")", "regexp_like(", "regexp_matches(", "is_finite(", "isfinite(", "TIMESTAMP(6)", "TIMESTAMP", "'Infinity'", "'inf'", "'-Infinity'", "'-inf'")

const macros = `CREATE MACRO from_iso8601_timestamp_nanos(x) AS CAST(x AS TIMESTAMPTZ); CREATE MACRO json_format(x) AS CAST(x AS VARCHAR);
	SET TimeZone = 'UTC'; SET lambda_syntax = 'ENABLE_SINGLE_ARROW'`

// collect reads an answer as Athena writes it.
func collect(ctx context.Context, db *sql.DB, statement string) (*Answer, error) {
	rows, err := db.QueryContext(ctx, statement)
	if err != nil {
		return nil, fmt.Errorf("SYNTAX_ERROR: %w", err)
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	out, row, into := &Answer{}, make([]any, len(types)), make([]any, len(types))
	for i, t := range types {
		out.Names, out.Types, into[i] = append(out.Names, t.Name()), append(out.Types, athenaType(t.DatabaseTypeName())), &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		cells := make([]*string, len(row))
		for i, v := range row {
			cells[i] = cell(v, out.Types[i])
		}
		out.Rows = append(out.Rows, cells)
	}
	return out, rows.Err()
}

func athenaType(kind string) string {
	kind, _, _ = strings.Cut(strings.ToLower(kind), "(")
	switch {
	case strings.HasSuffix(kind, "[]"):
		return "array"
	case kind == "hugeint":
		return "bigint"
	default:
		return kind
	}
}

func cell(v any, kind string) *string {
	var text string
	switch v := v.(type) {
	case nil:
		return nil
	case time.Time:
		text = v.UTC().Format("2006-01-02 15:04:05.000")
		if kind == "date" {
			text = v.Format(time.DateOnly)
		}
	default:
		text = fmt.Sprint(v)
	}
	return &text
}

// unload writes the answer as files under a prefix, in which nothing may stand.
func (r *reading) unload(db *sql.DB, statement, prefix string) error {
	if err := r.may(prefix); err != nil {
		return err
	}
	there, err := r.objects.List(r.ctx, prefix, "", 1)
	if err != nil || len(there) > 0 {
		return fmt.Errorf("HIVE_PATH_ALREADY_EXISTS: Target directory for table already exists: %w", err)
	}
	path := filepath.Join(r.dir, "unloaded.parquet")
	if _, err := db.ExecContext(r.ctx, "COPY ("+statement+") TO '"+path+"' (FORMAT parquet)"); err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = r.objects.Put(r.ctx, prefix+"20261123_000000_00000_twin0_1", f, blob.PutOptions{})
	return err
}
