package lake

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/lake/dictionary"
)

// lines reads lines of deltas in the form that appendLine writes, many times as fast as encoding/json; a line in any other form is left to that. Texts that
// repeat are in memory once. It belongs to one goroutine.
type lines struct {
	text  []byte // what is left of the line
	bad   bool   // the line is in another form
	words map[string]string
}

func newLines() *lines { return &lines{words: map[string]string{}} }

// read returns the row of a line; false for one of a subject that this program does not know.
func (l *lines) read(text []byte) (r Row, known bool, err error) {
	l.text, l.bad = text, false
	if r, known = l.row(); !l.bad {
		return r, known, nil
	}
	return parseLine(text)
}

func (l *lines) row() (r Row, known bool) {
	l.skip(`{"s":`)
	r.Subject = l.word()
	types, known := columnTypes[r.Subject]
	if !known {
		return r, false
	}
	l.skip(`,"v":`)
	r.Version = l.integer()
	l.skip(`,"at":`)
	r.At = l.moment()
	r.Gone = l.has(`,"gone":true`)
	l.skip(`,"id":`)
	r.ID = string(l.quoted())
	l.skip(`,"row":{`)
	r.Cells = l.cells(types)
	l.skip(`}`)
	l.bad = l.bad || len(l.text) > 0
	return r, true
}

func (l *lines) cells(types map[string]dictionary.Type) []Cell {
	if l.has(`}`) {
		return nil
	}
	out := make([]Cell, 0, 16)
	for !l.bad {
		column := l.word()
		l.skip(`:`)
		if v := l.value(column, types[column]); v != nil {
			out = append(out, Cell{column, v})
		}
		if l.has(`}`) {
			return out
		}
		l.skip(`,`)
	}
	return nil
}

// value reads a value of the type; nil for one of a column that this program does not know, and of a form that is left to encoding/json.
func (l *lines) value(column string, t dictionary.Type) any {
	switch t {
	case dictionary.Text:
		return l.word()
	case dictionary.Date:
		return string(l.quoted())
	case dictionary.Integer:
		return l.integer()
	case dictionary.Money:
		return l.amount()
	case dictionary.Moment:
		return l.moment()
	case dictionary.Bool:
		return l.yesNo()
	case dictionary.Number:
		return l.number()
	case dictionary.List:
		return l.list()
	}
	return l.other(column)
}

// other reads the value of a custom field, or passes over that of a column that is unknown.
func (l *lines) other(column string) any {
	d := json.NewDecoder(bytes.NewReader(l.text))
	var raw json.RawMessage
	if d.Decode(&raw) != nil {
		l.bad = true
		return nil
	}
	l.text = l.text[d.InputOffset():]
	v, err := parseValue(column, raw, "")
	l.bad = l.bad || err != nil
	return v
}

// skip passes over what must come next.
func (l *lines) skip(what string) { l.bad = !l.has(what) || l.bad }

// has passes over what may come next and says whether it was there.
func (l *lines) has(what string) bool {
	if len(l.text) < len(what) || string(l.text[:len(what)]) != what {
		return false
	}
	l.text = l.text[len(what):]
	return true
}

// quoted passes over a text without escapes and returns what is between its quotes.
func (l *lines) quoted() []byte {
	if l.bad || len(l.text) == 0 || l.text[0] != '"' {
		l.bad = true
		return nil
	}
	end := bytes.IndexByte(l.text[1:], '"')
	if end < 0 || bytes.IndexByte(l.text[1:1+end], '\\') >= 0 || !utf8.Valid(l.text[1:1+end]) {
		l.bad = true
		return nil
	}
	inner := l.text[1 : 1+end]
	l.text = l.text[2+end:]
	return inner
}

// Of texts that repeat: how long, and how many are kept.
const (
	wordBytes = 32
	mostWords = 10_000
)

// word reads a text that other lines may have too.
func (l *lines) word() string {
	q := l.quoted()
	if w, known := l.words[string(q)]; known {
		return w
	}
	w := string(q)
	if len(w) <= wordBytes && len(l.words) < mostWords {
		l.words[w] = w
	}
	return w
}

// token passes over a number.
func (l *lines) token() string {
	n := 0
	for n < len(l.text) && strings.IndexByte("+-.0123456789eE", l.text[n]) >= 0 {
		n++
	}
	t := l.text[:n]
	l.text = l.text[n:]
	return string(t)
}

func (l *lines) integer() int64 {
	v, err := strconv.ParseInt(l.token(), 10, 64)
	l.bad = l.bad || err != nil
	return v
}

func (l *lines) number() float64 {
	v, err := strconv.ParseFloat(l.token(), 64)
	l.bad = l.bad || err != nil
	return v
}

func (l *lines) yesNo() bool {
	yes := l.has(`true`)
	if !yes {
		l.skip(`false`)
	}
	return yes
}

func (l *lines) list() []string {
	l.skip(`[`)
	out := []string{}
	if l.has(`]`) {
		return out
	}
	for !l.bad {
		out = append(out, l.word())
		if l.has(`]`) {
			return out
		}
		l.skip(`,`)
	}
	return nil
}

func (l *lines) amount() Units {
	u, err := unitsOf(l.quoted())
	l.bad = l.bad || err != nil
	return u
}

// moment reads a moment in the form of stamp, which time.Parse takes five times as long for.
func (l *lines) moment() time.Time {
	q := l.quoted()
	if len(q) != len(stamp) || q[4] != '-' || q[7] != '-' || q[10] != 'T' || q[13] != ':' || q[16] != ':' || q[19] != '.' || q[23] != 'Z' {
		l.bad = true
		return time.Time{}
	}
	at := time.Date(l.digits(q[:4]), time.Month(l.digits(q[5:7])), l.digits(q[8:10]), l.digits(q[11:13]), l.digits(q[14:16]), l.digits(q[17:19]), l.digits(q[20:23])*int(time.Millisecond), time.UTC)
	var again [len(stamp)]byte
	if !bytes.Equal(at.AppendFormat(again[:0], stamp), q) { // no such day
		l.bad = true
	}
	return at
}

func (l *lines) digits(q []byte) (n int) {
	for _, c := range q {
		l.bad = l.bad || c < '0' || c > '9'
		n = 10*n + int(c-'0')
	}
	return n
}

var errAmount = errors.New("no amount of money")

// unitsOf reads what Units writes.
func unitsOf(text []byte) (u Units, err error) {
	digits, negative := bytes.CutPrefix(text, []byte("-"))
	whole, fraction, _ := bytes.Cut(digits, []byte("."))
	if len(fraction) > 4 {
		return 0, errAmount
	}
	for _, part := range [][]byte{whole, fraction, []byte("0000"[len(fraction):])} {
		for _, c := range part {
			if c < '0' || c > '9' {
				return 0, errAmount
			}
			u = 10*u + Units(c-'0')
		}
	}
	if negative {
		u = -u
	}
	return u, nil
}
