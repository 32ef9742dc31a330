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

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/csvsafe"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/part"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/xlsx"
)

// types are those of the files, as browsers know them.
var types = map[export.Format]string{
	export.CSV: "text/csv; charset=utf-8", export.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export.Parquet: "application/vnd.apache.parquet",
}

// content is what a file is made of.
type content struct {
	lake    *audience.Lake
	ids     []string
	columns []column
	name    string // of the segment
}

// made is what the manifest says of a file.
type made struct {
	rows    int64
	columns []export.Column
}

// write writes the file in its format.
func (j content) write(ctx context.Context, to io.Writer, format export.Format) (made, error) {
	switch format {
	case export.Parquet:
		return j.parquet(ctx, to)
	case export.XLSX:
		w := xlsx.NewWriter(to, j.name, j.header())
		return j.sheet(ctx, w.Row, w.Close)
	default:
		w := csvsafe.NewWriter(to, true)
		if err := w.Write(j.header()); err != nil {
			return made{}, err
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
		out[i] = c.header
	}
	return out
}

// sheet writes rows as a person reads them.
func (j content) sheet(ctx context.Context, put func([]any) error, end func() error) (made, error) {
	m, n := made{}, len(j.columns)
	for _, c := range j.columns {
		m.columns = append(m.columns, export.Column{Name: c.header, Type: c.kind})
	}
	err := eachRow(ctx, j.lake, j.ids, expressions(j.columns), func(row []any) error {
		for i, c := range j.columns {
			row[i] = c.words(row[i], row[n+i])
		}
		m.rows++
		return put(row[:n])
	})
	return m, errors.Join(err, end())
}

// parquet writes rows as the lake has them, in the columns of its dictionary.
func (j content) parquet(ctx context.Context, to io.Writer) (m made, err error) {
	found, err := j.lake.CustomTypes(ctx)
	if err != nil {
		return m, err
	}
	columns, err := part.ColumnsWith("customers", found)
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
func (j content) part(ctx context.Context, path string, columns part.Columns) (m made, err error) {
	w, err := part.Create(path, "customers", columns)
	if err != nil {
		return m, err
	}
	from := make([]string, len(columns))
	for i, c := range columns {
		from[i] = sqltext.Ident(c.Name)
		if c.Type == dictionary.Date {
			from[i] = "CAST(" + from[i] + " AS VARCHAR)"
		}
		m.columns = append(m.columns, export.Column{Name: c.Name, Type: string(c.Type)})
	}
	err = eachRow(ctx, j.lake, j.ids, from, func(row []any) error {
		r := rowOf(columns, row)
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
func rowOf(columns part.Columns, values []any) lake.Row {
	r := lake.Row{Subject: "customers"}
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
