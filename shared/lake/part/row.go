package part

import (
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
)

// Definition levels of the values of a column that a row may lack, and of a list's.
const (
	absent    = 0
	present   = 1
	emptyList = 1
	listItem  = 2
)

// form is how rows become those of a file.
type form struct {
	columns Columns
	at      map[string]int // the place of a column
}

func newForm(columns Columns) *form {
	f := &form{columns: columns, at: make(map[string]int, len(columns))}
	for i, c := range columns {
		f.at[c.Name] = i
	}
	return f
}

// row writes a row in the order of the columns. Cells of no column are left out.
func (f *form) row(r *lake.Row) parquet.Row {
	values := make([]any, len(f.columns))
	values[f.at["id"]], values[f.at["_v"]], values[f.at["_at"]], values[f.at["_gone"]] = r.ID, r.Version, r.At, r.Gone
	for _, c := range r.Cells {
		if i, ok := f.at[c.Column]; ok {
			values[i] = c.Value
		}
	}
	out := make(parquet.Row, 0, len(values))
	for i, v := range values {
		out = f.append(out, i, v)
	}
	return out
}

func (f *form) append(out parquet.Row, column int, v any) parquet.Row {
	c := f.columns[column]
	if c.Type == dictionary.List {
		return appendList(out, column, v)
	}
	value, ok := valueOf(v, c.Type)
	switch {
	case !ok:
		return append(out, parquet.NullValue().Level(0, absent, column))
	case required(c.Name):
		return append(out, value.Level(0, 0, column))
	default:
		return append(out, value.Level(0, present, column))
	}
}

func appendList(out parquet.Row, column int, v any) parquet.Row {
	list, ok := v.([]string)
	switch {
	case !ok:
		return append(out, parquet.NullValue().Level(0, absent, column))
	case len(list) == 0:
		return append(out, parquet.NullValue().Level(0, emptyList, column))
	}
	for i, s := range list {
		repeated := 0
		if i > 0 {
			repeated = 1
		}
		out = append(out, parquet.ByteArrayValue([]byte(s)).Level(repeated, listItem, column))
	}
	return out
}

// valueOf is a cell's value as a column of the type holds it; false where there is none that it could hold.
func valueOf(v any, t dictionary.Type) (parquet.Value, bool) {
	switch v := v.(type) {
	case nil:
	case string:
		return textValue(v, t)
	case int64:
		return parquet.Int64Value(v), t == dictionary.Integer
	case time.Time:
		return parquet.Int64Value(v.UnixMilli()), t == dictionary.Moment
	case lake.Units:
		return orText(parquet.Int64Value(int64(v)), t == dictionary.Money, t, v.String())
	case float64:
		return orText(parquet.DoubleValue(v), t == dictionary.Number, t, strconv.FormatFloat(v, 'f', -1, 64))
	case bool:
		return orText(parquet.BooleanValue(v), t == dictionary.Bool, t, strconv.FormatBool(v))
	case []string:
		return parquet.ByteArrayValue([]byte(joined(v))), t == dictionary.Text
	}
	return parquet.Value{}, false
}

// orText writes a custom value into a column that is text because another record holds a text there.
func orText(v parquet.Value, fits bool, t dictionary.Type, text string) (parquet.Value, bool) {
	if t == dictionary.Text {
		return parquet.ByteArrayValue([]byte(text)), true
	}
	return v, fits
}

func textValue(v string, t dictionary.Type) (parquet.Value, bool) {
	if t != dictionary.Date {
		return parquet.ByteArrayValue([]byte(v)), t == dictionary.Text
	}
	day, err := time.Parse(time.DateOnly, v)
	return parquet.Int32Value(int32(day.Unix() / (24 * 60 * 60))), err == nil
}

// joined writes a list in a column of texts as DuckDB writes lists.
func joined(list []string) string {
	out := "["
	for i, s := range list {
		if i > 0 {
			out += ", "
		}
		out += s
	}
	return out + "]"
}

// decode reads a row of a file.
func (f *form) decode(subject string, in parquet.Row) lake.Row {
	r := lake.Row{Subject: subject}
	for i := 0; i < len(in); {
		column := in[i].Column()
		end := i + 1
		for end < len(in) && in[end].Column() == column {
			end++
		}
		f.cell(&r, column, in[i:end])
		i = end
	}
	return r
}

func (f *form) cell(r *lake.Row, column int, values []parquet.Value) {
	c := f.columns[column]
	v := cellOf(c.Type, values)
	switch {
	case v == nil:
	case c.Name == "id":
		r.ID, _ = v.(string)
	case c.Name == "_v":
		r.Version, _ = v.(int64)
	case c.Name == "_at":
		r.At, _ = v.(time.Time)
	case c.Name == "_gone":
		r.Gone, _ = v.(bool)
	default:
		r.Cells = append(r.Cells, lake.Cell{Column: c.Name, Value: v})
	}
}

func cellOf(t dictionary.Type, values []parquet.Value) any {
	v := values[0]
	if t == dictionary.List {
		return listOf(values)
	}
	if v.IsNull() {
		return nil
	}
	switch t {
	case dictionary.Text:
		return string(v.ByteArray())
	case dictionary.Integer:
		return v.Int64()
	case dictionary.Money:
		return lake.Units(v.Int64())
	case dictionary.Number:
		return v.Double()
	case dictionary.Date:
		return time.Unix(int64(v.Int32())*24*60*60, 0).UTC().Format(time.DateOnly)
	case dictionary.Moment:
		return time.UnixMilli(v.Int64()).UTC()
	default:
		return v.Boolean()
	}
}

func listOf(values []parquet.Value) any {
	if values[0].DefinitionLevel() == absent {
		return nil
	}
	out := []string{}
	for _, v := range values {
		if v.DefinitionLevel() == listItem {
			out = append(out, string(v.ByteArray()))
		}
	}
	return out
}
