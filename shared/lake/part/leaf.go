package part

import (
	"github.com/parquet-go/parquet-go"

	"github.com/dangol/dangol/shared/lake/dictionary"
)

// Definition levels of the values of a column that a row may lack, and of a list's.
const (
	absent    = 0
	present   = 1
	emptyList = 1
	listItem  = 2
)

// leaf is a column of a file that is written: values wait in it until the encoder takes them.
type leaf struct {
	kind   dictionary.Type
	at     int
	level  int // of a value that is there
	none   parquet.Value
	out    *parquet.ColumnWriter
	rows   int // of those that wait
	values []parquet.Value
}

func newLeaf(c dictionary.Column, at int, out *parquet.ColumnWriter) leaf {
	l := leaf{kind: c.Type, at: at, level: present, none: parquet.NullValue().Level(0, absent, at), out: out}
	if required(c.Name) {
		l.level = 0
	}
	return l
}

func (l *leaf) add(v parquet.Value) {
	l.values = append(l.values, v.Level(0, l.level, l.at))
	l.rows++
}

// end closes a row, so that there are rows of them: one that brought no value has none.
func (l *leaf) end(rows int) {
	if l.rows < rows {
		l.values = append(l.values, l.none)
		l.rows++
	}
}

// take reads a value of the type for the last of so many rows; one that comes for a second time, or that the column cannot hold, is passed over.
func (l *leaf) take(u *unpacker, t dictionary.Type, rows int) {
	switch {
	case l.rows == rows:
		pass(u, t)
	case l.kind == dictionary.Text && t != dictionary.Text:
		l.add(parquet.ByteArrayValue(u.asText(t)))
	case l.kind != t:
		pass(u, t)
	case t == dictionary.List:
		l.takeList(u)
	default:
		l.add(valueOf(u, t))
	}
}

// pass reads over a value.
func pass(u *unpacker, t dictionary.Type) {
	if t == dictionary.List {
		u.joined()
		return
	}
	valueOf(u, t)
}

func valueOf(u *unpacker, t dictionary.Type) parquet.Value {
	switch t {
	case dictionary.Integer, dictionary.Money, dictionary.Moment:
		return parquet.Int64Value(u.number())
	case dictionary.Date:
		return parquet.Int32Value(int32(u.number()))
	case dictionary.Number:
		return parquet.DoubleValue(u.float())
	case dictionary.Bool:
		return parquet.BooleanValue(u.byte() == 1)
	default:
		return parquet.ByteArrayValue(u.text())
	}
}

func (l *leaf) takeList(u *unpacker) {
	n := u.count()
	if n == 0 {
		l.values = append(l.values, parquet.NullValue().Level(0, emptyList, l.at))
	}
	for i := range n {
		l.values = append(l.values, parquet.ByteArrayValue(u.text()).Level(min(i, 1), listItem, l.at))
	}
	l.rows++
}

// flush hands the values to the encoder.
func (l *leaf) flush() error {
	if len(l.values) == 0 {
		return nil
	}
	_, err := l.out.WriteRowValues(l.values)
	l.values, l.rows = l.values[:0], 0
	return err
}
