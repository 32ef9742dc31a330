package exportwork

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/csvsafe"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/part"
	"github.com/dangol/dangol/shared/lake/sheet"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/xlsx"
)

// types are those of the files, as browsers know them.
var types = map[export.Format]string{
	export.CSV: "text/csv; charset=utf-8", export.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export.Parquet: "application/vnd.apache.parquet",
}

// content is what a file is made of.
type content struct {
	subject sheet.Subject
	columns []sheet.Column
	name    string // what the file and its sheets are called after
	rows    rows
	custom  map[string]dictionary.Type // the columns of custom fields that the lake has of the subject, for Parquet
}

// rows calls each with the expressions of every row, in order; each keeps none.
type rows func(ctx context.Context, expressions []string, each func(row []any) error) error

// written is what the manifest says of a file.
type written struct {
	rows    int64
	columns []export.Column
}

// write writes the file in its format.
func (j content) write(ctx context.Context, to io.Writer, format export.Format) (written, error) {
	switch format {
	case export.Parquet:
		return j.parquet(ctx, to)
	case export.XLSX:
		w := xlsx.NewWriter(to, j.name, j.header())
		return j.sheet(ctx, w.Row, w.Close)
	default:
		w := csvsafe.NewWriter(to, true)
		if err := w.Write(j.header()); err != nil {
			return written{}, err
		}
		cells := make([]string, len(j.columns))
		return j.sheet(ctx, func(row []any) error {
			for i, v := range row {
				cells[i] = text(v)
			}
			return w.Write(cells)
		}, w.Flush)
	}
}

func (j content) header() []string {
	out := make([]string, len(j.columns))
	for i, c := range j.columns {
		out[i] = c.Header
	}
	return out
}

// text writes a value as a cell of CSV.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case time.Time:
		return v.UTC().Format(time.RFC3339)
	case decimal.Decimal:
		return v.String()
	case nil:
		return ""
	default:
		return (&customfield.Field{}).Words(v, "en")
	}
}

// sheet writes rows as a person reads them.
func (j content) sheet(ctx context.Context, put func([]any) error, end func() error) (written, error) {
	m, n := written{}, len(j.columns)
	for _, c := range j.columns {
		m.columns = append(m.columns, export.Column{Name: c.Header, Type: c.Kind})
	}
	err := j.rows(ctx, sheet.Expressions(j.columns), func(row []any) error {
		for i, c := range j.columns {
			row[i] = c.Words(row[i], row[n+i])
		}
		m.rows++
		return put(row[:n])
	})
	return m, errors.Join(err, end())
}

// parquet writes rows as the lake has them, in the columns of its dictionary.
func (j content) parquet(ctx context.Context, to io.Writer) (m written, err error) {
	columns, err := part.ColumnsWith(j.subject.Lake, j.custom)
	if err != nil {
		return m, err
	}
	dir, err := os.MkdirTemp("", "export")
	if err != nil {
		return m, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "rows.parquet")
	if m, err = j.part(ctx, path, columns); err != nil {
		return m, err
	}
	f, err := os.Open(path)
	if err != nil {
		return m, err
	}
	defer f.Close()
	_, err = io.Copy(to, f)
	return m, err
}

// part writes the rows into a local file.
func (j content) part(ctx context.Context, path string, columns part.Columns) (m written, err error) {
	w, err := part.Create(path, j.subject.Lake, columns)
	if err != nil {
		return m, err
	}
	from := make([]string, len(columns))
	for i, c := range columns {
		from[i] = j.subject.Alias + "." + sqltext.Ident(c.Name)
		if c.Type == dictionary.Date {
			from[i] = "CAST(" + from[i] + " AS VARCHAR)"
		}
		m.columns = append(m.columns, export.Column{Name: c.Name, Type: string(c.Type)})
	}
	err = j.rows(ctx, from, func(row []any) error {
		r := rowOf(j.subject.Lake, columns, row)
		m.rows++
		return w.Add(&r)
	})
	if err != nil {
		w.Discard()
		return m, err
	}
	_, err = w.Close()
	return m, err
}

// rowOf is a row of the lake.
func rowOf(subject string, columns part.Columns, values []any) lake.Row {
	r := lake.Row{Subject: subject}
	for i, c := range columns {
		switch v := values[i].(type) {
		case nil:
		case decimal.Decimal:
			r.Cells = append(r.Cells, lake.Cell{Column: c.Name, Value: lake.Units(v.Shift(4).IntPart())})
		default:
			keep(&r, c.Name, v)
		}
	}
	return r
}

// keep puts a value where a row has it.
func keep(r *lake.Row, column string, v any) {
	switch column {
	case "id":
		r.ID, _ = v.(string)
	case "_v":
		r.Version, _ = v.(int64)
	case "_at":
		r.At, _ = v.(time.Time)
	case "_gone":
	default:
		r.Cells = append(r.Cells, lake.Cell{Column: column, Value: v})
	}
}

// summed counts what passes and takes its SHA-256.
type summed struct {
	io.Writer
	sum func() string
}

func summing(to io.Writer) summed {
	h := sha256.New()
	return summed{io.MultiWriter(to, h), func() string { return hex.EncodeToString(h.Sum(nil)) }}
}
