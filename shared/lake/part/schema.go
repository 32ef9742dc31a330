// Package part writes and reads the files of a lake's snapshot: Parquet, one row a record, in the columns of the dictionary with the custom fields behind
// them. It is plain Go, so that a function that keeps lakes needs no cgo.
package part

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
)

// Columns are those of a file, in its order: the dictionary's, then custom ones by name.
type Columns []dictionary.Column

// customBegins is how the columns of custom fields begin.
const customBegins = "custom."

// customs are the types of custom columns by their names. One that comes with several types is text, as no other holds them all.
type customs map[string]dictionary.Type

func (c customs) add(column string, t dictionary.Type) {
	if !Custom(column) {
		return
	}
	if was, has := c[column]; has && was != t {
		t = dictionary.Text
	}
	c[column] = t
}

// ColumnsOf are the columns of a file of the subject that is to hold the rows of other files and these. What the dictionary no longer has is left behind.
func ColumnsOf(subject string, others []Columns, rows []lake.Row) (Columns, error) {
	found := customs{}
	for _, columns := range others {
		for _, c := range columns {
			found.add(c.Name, c.Type)
		}
	}
	for i := range rows {
		NoteCustoms(&rows[i], found)
	}
	return ColumnsWith(subject, found)
}

// Custom says whether a column is of a custom field.
func Custom(column string) bool { return strings.HasPrefix(column, customBegins) }

// NoteCustoms adds the custom columns of a row to those that were found, with their types.
func NoteCustoms(r *lake.Row, found map[string]dictionary.Type) {
	for i := range r.Cells {
		if c := &r.Cells[i]; Custom(c.Column) {
			customs(found).add(c.Column, typeOf(c.Value))
		}
	}
}

// MergeCustoms adds custom columns to others.
func MergeCustoms(to, found map[string]dictionary.Type) {
	for column, t := range found {
		customs(to).add(column, t)
	}
}

// ColumnsWith are the columns of a file of the subject with these custom columns.
func ColumnsWith(subject string, found map[string]dictionary.Type) (Columns, error) {
	s, ok := dictionary.Find(subject)
	if !ok {
		return nil, fmt.Errorf("part: %q is no subject", subject)
	}
	out := Columns(s.Columns())
	for _, name := range slices.Sorted(maps.Keys(found)) {
		out = append(out, dictionary.Column{Name: name, Type: found[name]})
	}
	return out, nil
}

// typeOf is the type of a column that holds the value.
func typeOf(v any) dictionary.Type {
	switch v.(type) {
	case int64:
		return dictionary.Integer
	case lake.Units:
		return dictionary.Money
	case float64:
		return dictionary.Number
	case bool:
		return dictionary.Bool
	case []string:
		return dictionary.List
	default:
		return dictionary.Text
	}
}

// required says whether every row has a value in the column.
func required(column string) bool { return column == "id" || strings.HasPrefix(column, "_") }

// Precision and scale of amounts of money.
const (
	digits   = 18
	decimals = 4
)

// node is a column as Parquet writes it. Names and amounts repeat little, states and places much: a dictionary of values suits both, since the writer gives
// it up where it grows too large.
func node(c dictionary.Column) parquet.Node {
	n := map[dictionary.Type]func() parquet.Node{
		dictionary.Text:    func() parquet.Node { return parquet.Encoded(parquet.String(), &parquet.RLEDictionary) },
		dictionary.Integer: func() parquet.Node { return parquet.Int(64) },
		dictionary.Money:   func() parquet.Node { return parquet.Decimal(decimals, digits, parquet.Int64Type) },
		dictionary.Number:  func() parquet.Node { return parquet.Leaf(parquet.DoubleType) },
		dictionary.Date:    parquet.Date,
		dictionary.Moment:  func() parquet.Node { return parquet.TimestampAdjusted(parquet.Millisecond, false) },
		dictionary.Bool:    func() parquet.Node { return parquet.Leaf(parquet.BooleanType) },
		dictionary.List:    func() parquet.Node { return parquet.List(parquet.Encoded(parquet.String(), &parquet.RLEDictionary)) },
	}[c.Type]()
	switch {
	case c.Name == "id": // no two are the same
		return parquet.Encoded(parquet.String(), &parquet.DeltaByteArray)
	case required(c.Name):
		return n
	default:
		return parquet.Optional(n)
	}
}

// schema puts the columns into their order; a parquet.Group alone sorts them by name.
func (c Columns) schema(subject string) *parquet.Schema {
	root := ordered{Group: parquet.Group{}}
	for _, column := range c {
		n := node(column)
		root.Group[column.Name] = n
		root.fields = append(root.fields, field{n, column.Name})
	}
	return parquet.NewSchema(subject, root)
}

type ordered struct {
	parquet.Group
	fields []parquet.Field
}

// Fields implements parquet.Node.
func (o ordered) Fields() []parquet.Field { return o.fields }

type field struct {
	parquet.Node
	name string
}

// Name implements parquet.Field.
func (f field) Name() string { return f.name }

// Value implements parquet.Field. Rows are written by their values, never by Go's structs.
func (f field) Value(reflect.Value) reflect.Value { return reflect.Value{} }

// columnsIn reads the columns of a file from its schema.
func columnsIn(s *parquet.Schema) (out Columns, err error) {
	for _, f := range s.Fields() {
		c := dictionary.Column{Name: f.Name(), Type: dictionary.List}
		if f.Leaf() {
			if c.Type, err = leafType(f); err != nil {
				return nil, err
			}
		}
		out = append(out, c)
	}
	return out, nil
}

func leafType(f parquet.Field) (dictionary.Type, error) {
	if logical := f.Type().LogicalType(); logical != nil {
		switch logical.Value.(type) {
		case *format.StringType:
			return dictionary.Text, nil
		case *format.DecimalType:
			return dictionary.Money, nil
		case *format.DateType:
			return dictionary.Date, nil
		case *format.TimestampType:
			return dictionary.Moment, nil
		}
	}
	switch f.Type().Kind() {
	case parquet.Int64:
		return dictionary.Integer, nil
	case parquet.Double:
		return dictionary.Number, nil
	case parquet.Boolean:
		return dictionary.Bool, nil
	default:
		return "", fmt.Errorf("part: column %s has a type that the lake does not know: %s", f.Name(), f.Type())
	}
}
