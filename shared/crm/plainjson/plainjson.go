// Package plainjson reads JSON in the one form that encoding/json writes of a struct: members in their order, no blanks, texts without escapes. It is several times
// as fast as encoding/json, to which whoever uses it leaves every other form: a Reader that met one says so at the end.
package plainjson

import (
	"bytes"
	"strconv"
	"time"
)

// Reader walks along a text. What it returns after it met another form means nothing.
type Reader struct {
	rest  []byte
	other bool // the text is in another form
}

// Of returns a reader at the beginning of a text.
func Of(text []byte) *Reader { return &Reader{rest: text} }

// Done says whether all of the text was read, and was as expected.
func (r *Reader) Done() bool { return !r.other && len(r.rest) == 0 }

// Going says whether the text was as expected so far.
func (r *Reader) Going() bool { return !r.other }

// Refuse says that the text is in another form.
func (r *Reader) Refuse() { r.other = true }

// Skip passes over what must come next.
func (r *Reader) Skip(what string) {
	if !r.Has(what) {
		r.Refuse()
	}
}

// Has passes over what may come next and says whether it was there.
func (r *Reader) Has(what string) bool {
	if len(r.rest) < len(what) || string(r.rest[:len(what)]) != what {
		return false
	}
	r.rest = r.rest[len(what):]
	return true
}

// Quoted passes over a text and returns what is between its quotes, which is part of what is read.
func (r *Reader) Quoted() []byte {
	if len(r.rest) == 0 || r.rest[0] != '"' {
		r.Refuse()
		return nil
	}
	end := bytes.IndexByte(r.rest[1:], '"')
	if end < 0 || bytes.IndexByte(r.rest[1:1+end], '\\') >= 0 {
		r.Refuse()
		return nil
	}
	inner := r.rest[1 : 1+end]
	r.rest = r.rest[2+end:]
	return inner
}

// String reads a text.
func (r *Reader) String() string { return string(r.Quoted()) }

// Optional reads the text of a member that is left out when it is empty; name is with quotes and colon.
func (r *Reader) Optional(name string) string {
	if !r.Has(name) {
		return ""
	}
	return r.String()
}

// Time reads a moment.
func (r *Reader) Time() (t time.Time) {
	if q := r.Quoted(); t.UnmarshalText(q) != nil {
		r.Refuse()
	}
	return t
}

// Integer reads a whole number.
func (r *Reader) Integer() int64 {
	v, err := strconv.ParseInt(string(r.digits("-0123456789")), 10, 64)
	if err != nil {
		r.Refuse()
	}
	return v
}

// Strings reads a list of texts behind its bracket; an empty one is in another form, since it is left out.
func (r *Reader) Strings() (out []string) {
	for r.Going() {
		out = append(out, r.String())
		if r.Has(`]`) {
			break
		}
		r.Skip(`,`)
	}
	return out
}

// Members reads the members of an object behind its brace: each is called with the name of every one, and reads its value.
func (r *Reader) Members(each func(name []byte)) {
	for r.Going() {
		name := r.Quoted()
		r.Skip(`:`)
		each(name)
		if r.Has(`}`) {
			return
		}
		r.Skip(`,`)
	}
}

// Any reads a value of any type, as encoding/json reads it into an any.
func (r *Reader) Any() any {
	switch {
	case r.Has(`null`):
		return nil
	case r.Has(`true`):
		return true
	case r.Has(`false`):
		return false
	case r.Has(`[]`):
		return []any{}
	case r.Has(`[`):
		return r.list()
	case r.Has(`{}`):
		return map[string]any{}
	case r.Has(`{`):
		out := map[string]any{}
		r.Members(func(name []byte) { out[string(name)] = r.Any() })
		return out
	case len(r.rest) > 0 && r.rest[0] == '"':
		return r.String()
	}
	return r.number()
}

func (r *Reader) list() (out []any) {
	for r.Going() {
		out = append(out, r.Any())
		if r.Has(`]`) {
			break
		}
		r.Skip(`,`)
	}
	return out
}

// number leaves forms that strconv reads and JSON does not know ("01", "+1", "1.") to encoding/json.
func (r *Reader) number() float64 {
	text := r.digits("-+.eE0123456789")
	v, err := strconv.ParseFloat(string(text), 64)
	if err != nil || !plain(text) {
		r.Refuse()
	}
	return v
}

// plain says that a number is written as encoding/json writes most of them: digits, with a point between them at most.
func plain(number []byte) bool {
	whole, part, pointed := bytes.Cut(bytes.TrimPrefix(number, []byte("-")), []byte("."))
	return onlyDigits(whole) && (len(whole) == 1 || whole[0] != '0') && (!pointed || onlyDigits(part))
}

func onlyDigits(text []byte) bool {
	return len(text) > 0 && len(bytes.TrimLeft(text, "0123456789")) == 0
}

// digits passes over the characters that a number may have.
func (r *Reader) digits(of string) []byte {
	n := 0
	for n < len(r.rest) && bytes.IndexByte([]byte(of), r.rest[n]) >= 0 {
		n++
	}
	text := r.rest[:n]
	r.rest = r.rest[n:]
	return text
}
