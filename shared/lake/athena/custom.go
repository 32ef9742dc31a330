package athena

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/glue"
)

// Fields that a workspace has defined itself are columns of its parts, and of no table that infra makes. A statement that mentions one is put to a table with
// these columns too. It is made when it is first needed, under a name made of its columns: it holds nothing of a tenant, any who has the same fields may use
// it, and it is never changed.

// customBegins is how the columns of a workspace's own fields begin; customers have them.
const (
	customBegins = "custom."
	customers    = "customers"
)

// readCustom reads the types of a workspace's own fields from its parts, if the statement mentions any.
func (q *question) readCustom(ctx context.Context, all []token) (err error) {
	if slices.ContainsFunc(all, func(t token) bool {
		return strings.HasPrefix(t.text, customBegins) || strings.HasPrefix(t.text, "~"+customBegins)
	}) {
		q.custom, err = customColumns(ctx, q.objects, q.manifest.Subjects[customers])
	}
	return err
}

func (q *question) isList(column string) bool {
	return dictionaryLists[strings.ToLower(column)] || slices.ContainsFunc(q.custom, func(c glue.Column) bool { return c.Of == column && c.Type == dictionary.List })
}

// Columns implements ask.Lake. A field that no part has is none; one whose type differs from part to part is a text, as compaction will make it.
func (l *Lake) Columns(ctx context.Context, subject string) (out []ask.Column, err error) {
	s, ok := dictionary.Find(subject)
	if !ok {
		return nil, fmt.Errorf("athena: %q is no subject", subject)
	}
	for _, c := range s.Columns() {
		out = append(out, ask.Column{Name: c.Name, Type: c.Type.DuckDB()})
	}
	if subject != customers {
		return out, nil
	}
	m, _, err := lake.Read(ctx, l.objects, l.tenant)
	if err != nil {
		return nil, err
	}
	custom, err := customColumns(ctx, l.objects, m.Subjects[customers])
	for _, c := range custom {
		out = append(out, ask.Column{Name: c.Of, Type: c.Type.DuckDB()})
	}
	return out, err
}

// mixed is the kind of a column whose type differs from part to part, which Athena could not read.
const mixed = ""

// customColumns are the workspace's own fields in parts, by name.
func customColumns(ctx context.Context, objects blob.Blob, parts []lake.Part) ([]glue.Column, error) {
	found := map[string]glue.Column{}
	for _, p := range parts {
		columns, err := columnsOf(ctx, objects, p)
		if err != nil {
			return nil, fmt.Errorf("columns of %s: %w", p.Key, err)
		}
		for _, c := range glue.Columns(columns) {
			if was, has := found[c.Name]; has && (was.Type != c.Type || was.Of != c.Of) {
				c.Type, c.Kind = dictionary.Text, mixed
			}
			found[c.Name] = c
		}
	}
	var out []glue.Column
	for _, c := range found {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b glue.Column) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// columnsOf reads a part's own fields from its end, where Parquet keeps the schema.
func columnsOf(ctx context.Context, objects blob.Blob, p lake.Part) (out []dictionary.Column, err error) {
	f, err := parquet.OpenFile(&ranged{ctx, objects, p.Key}, p.Bytes, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, err
	}
	for _, column := range f.Schema().Fields() {
		if strings.HasPrefix(column.Name(), customBegins) {
			out = append(out, dictionary.Column{Name: column.Name(), Type: typeOf(column)})
		}
	}
	return out, nil
}

// typeOf is a column's type as shared/lake/part writes it.
func typeOf(f parquet.Field) dictionary.Type {
	if !f.Leaf() {
		return dictionary.List
	}
	if logical := f.Type().LogicalType(); logical != nil {
		if _, money := logical.Value.(*format.DecimalType); money {
			return dictionary.Money
		}
		return dictionary.Text
	}
	switch f.Type().Kind() {
	case parquet.Double:
		return dictionary.Number
	case parquet.Boolean:
		return dictionary.Bool
	default:
		return dictionary.Integer
	}
}

// ranged reads an object at any place.
type ranged struct {
	ctx     context.Context
	objects blob.Blob
	key     string
}

// ReadAt implements io.ReaderAt.
func (r *ranged) ReadAt(p []byte, at int64) (int, error) {
	in, _, err := r.objects.Get(r.ctx, r.key, at, int64(len(p)))
	if err != nil {
		return 0, err
	}
	defer in.Close()
	return io.ReadFull(in, p)
}

// table is the table for a statement that mentions these names: infra's, or one with the workspace's own fields.
func (q *question) table(ctx context.Context, t glue.Table, names []string) (glue.Table, error) {
	if t.Subject != customers || len(q.custom) == 0 {
		return t, nil
	}
	t.Columns = slices.Clone(t.Columns)
	for _, c := range q.custom {
		if c.Kind != mixed {
			t.Columns = append(t.Columns, c)
		} else if mentioned(names, c.Of) {
			return t, fmt.Errorf("%w: %s has several types", ErrColumn, c.Of)
		}
	}
	t.Name = t.Name + "_" + shape(t.Columns)
	return t, q.make(ctx, t)
}

// shape is the hash of columns with their types.
func shape(columns []glue.Column) string {
	sum := sha256.New()
	for _, c := range columns {
		fmt.Fprintf(sum, "%q %s\n", c.Name, c.Kind)
	}
	return hex.EncodeToString(sum.Sum(nil))[:24]
}

// make makes a table that is not there yet.
func (q *question) make(ctx context.Context, t glue.Table) error {
	if q.Tables == nil {
		return fmt.Errorf("%w: no tables with a workspace's own fields can be made", ErrColumn)
	}
	body, err := json.Marshal(map[string]any{"DatabaseName": q.Database, "TableInput": t.Input(q.Bucket)})
	if err != nil {
		return err
	}
	err = call(ctx, *q.Tables, q.Clock, "AWSGlue.CreateTable", body, nil)
	if is(err, "AlreadyExistsException") {
		return nil
	}
	return err
}
