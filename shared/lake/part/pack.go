package part

import (
	"encoding/binary"
	"math"
	"strconv"
	"time"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
)

// Packer writes rows of a subject in few bytes, for whoever keeps many of them before they become files (shared/lake/rebuild), and on the way into a file. A
// packed row is
//
//	version, milliseconds of _at (varints), 1 or 0 for gone, id, then of each cell: the number of its column in the dictionary, counted from 1, and the value
//
// with texts behind their length. A custom column has the number 0, then its name and its type. It is safe for concurrent use.
type Packer struct {
	columns []dictionary.Column // of the dictionary, without the kept ones
	at      map[string]int
}

// NewPacker returns the packer of a subject.
func NewPacker(s dictionary.Subject) *Packer {
	p := &Packer{columns: s.Columns()[len(dictionary.Kept()):], at: map[string]int{}}
	for i, c := range p.columns {
		p.at[c.Name] = i
	}
	return p
}

// Append appends the row. Cells of no column, and values that no column of the type can hold, are left out.
func (p *Packer) Append(b []byte, r *lake.Row) []byte {
	b = binary.AppendVarint(b, r.Version)
	b = binary.AppendVarint(b, r.At.UnixMilli())
	b = append(b, flag(r.Gone))
	b = appendText(b, r.ID)
	next := 0
	for i := range r.Cells {
		c := &r.Cells[i]
		at, ok := p.find(c.Column, next)
		switch {
		case ok:
			b = appendCell(b, at, c.Value, p.columns[at].Type)
			next = at + 1
		case Custom(c.Column):
			b = appendCustom(b, c)
		}
	}
	return b
}

// find returns the number of a column. Most come in their order, so that it looks where the next one should be before it asks the map.
func (p *Packer) find(column string, next int) (int, bool) {
	for i := next; i < len(p.columns) && i < next+3; i++ {
		if p.columns[i].Name == column {
			return i, true
		}
	}
	at, ok := p.at[column]
	return at, ok
}

func flag(yes bool) byte {
	if yes {
		return 1
	}
	return 0
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendCell(b []byte, column int, v any, t dictionary.Type) []byte {
	was := len(b)
	b = binary.AppendUvarint(b, uint64(column+1))
	b, ok := appendValue(b, v, t)
	if !ok {
		return b[:was]
	}
	return b
}

// appendCustom writes a custom field by the type of its value: other records may have values of another one.
func appendCustom(b []byte, c *lake.Cell) []byte {
	was, t := len(b), typeOf(c.Value)
	b = append(appendText(append(b, 0), c.Column), code(t))
	b, ok := appendValue(b, c.Value, t)
	if !ok {
		return b[:was]
	}
	return b
}

// kinds are the types in an order that gives each a number.
var kinds = dictionary.Types()

func code(t dictionary.Type) byte {
	for i, k := range kinds {
		if k == t {
			return byte(i)
		}
	}
	panic("part: " + string(t) + " is no type") // a programming error
}

// appendValue writes a value of the type; false for one that is of another.
func appendValue(b []byte, v any, t dictionary.Type) ([]byte, bool) {
	switch v := v.(type) {
	case string:
		return appendWord(b, v, t)
	case int64:
		return binary.AppendVarint(b, v), t == dictionary.Integer
	case lake.Units:
		return binary.AppendVarint(b, int64(v)), t == dictionary.Money
	case time.Time:
		return binary.AppendVarint(b, v.UnixMilli()), t == dictionary.Moment
	case float64:
		return binary.LittleEndian.AppendUint64(b, math.Float64bits(v)), t == dictionary.Number
	case bool:
		return append(b, flag(v)), t == dictionary.Bool
	case []string:
		b = binary.AppendUvarint(b, uint64(len(v)))
		for _, s := range v {
			b = appendText(b, s)
		}
		return b, t == dictionary.List
	}
	return b, false
}

func appendWord(b []byte, v string, t dictionary.Type) ([]byte, bool) {
	if t != dictionary.Date {
		return appendText(b, v), t == dictionary.Text
	}
	day, err := time.Parse(time.DateOnly, v)
	return binary.AppendVarint(b, day.Unix()/(24*60*60)), err == nil
}

// unpacker takes values off a packed row.
type unpacker struct{ b []byte }

func (u *unpacker) number() int64 {
	v, n := binary.Varint(u.b)
	u.b = u.b[n:]
	return v
}

func (u *unpacker) count() int {
	v, n := binary.Uvarint(u.b)
	u.b = u.b[n:]
	return int(v)
}

func (u *unpacker) byte() byte {
	v := u.b[0]
	u.b = u.b[1:]
	return v
}

func (u *unpacker) text() []byte {
	n := u.count()
	v := u.b[:n:n]
	u.b = u.b[n:]
	return v
}

func (u *unpacker) float() float64 {
	v := binary.LittleEndian.Uint64(u.b)
	u.b = u.b[8:]
	return math.Float64frombits(v)
}

// asText writes a custom value for a column that is text because another record has a text there.
func (u *unpacker) asText(t dictionary.Type) []byte {
	switch t {
	case dictionary.Money:
		return []byte(lake.Units(u.number()).String())
	case dictionary.Number:
		return strconv.AppendFloat(nil, u.float(), 'f', -1, 64)
	case dictionary.Bool:
		return strconv.AppendBool(nil, u.byte() == 1)
	case dictionary.List:
		return u.joined()
	case dictionary.Integer, dictionary.Moment, dictionary.Date:
		return strconv.AppendInt(nil, u.number(), 10)
	default:
		return u.text()
	}
}

// joined writes a list in a column of texts as DuckDB writes lists.
func (u *unpacker) joined() []byte {
	out := []byte{'['}
	for i := range u.count() {
		if i > 0 {
			out = append(out, ", "...)
		}
		out = append(out, u.text()...)
	}
	return append(out, ']')
}

// PackedVersion reads the version of a packed row, and whether it is gone: which of two rows holds.
func PackedVersion(packed []byte) (version int64, gone bool) {
	u := unpacker{packed}
	version = u.number()
	u.number()
	return version, u.byte() == 1
}
