package part

import (
	"time"

	"github.com/parquet-go/parquet-go"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
)

// form is how the rows of a file become those of the lake.
type form struct{ columns Columns }

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
