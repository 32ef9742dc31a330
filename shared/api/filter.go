package api

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/errs"
)

// FilterInput is embedded by a list operation that can be filtered. The grammar is the same everywhere, and its operators are those of segment
// rules:
//
//	filter    = condition *( " and " condition )
//	condition = field " " operator [ " " value ]
//	value     = word / JSON string / "(" value *( "," value ) ")"
//
// for example: lifecycleStage eq customer and createdAt gte 2026-01-01 and tags in (vip,gold) and name contains "kim lee" and email isEmpty
type FilterInput struct {
	Filter string `query:"filter" maxLength:"2000" example:"lifecycleStage eq customer and createdAt gte 2026-01-01" doc:"Conditions joined by and: field, operator (eq, ne, in, contains, startsWith, gt, gte, lt, lte, between, isEmpty, isNotEmpty), value. A value with spaces is a JSON string; in and between take values in brackets: tags in (vip,gold)."`
}

// Condition is one condition of a filter. Values has one value, or none for isEmpty and isNotEmpty, two for between, one or more for in.
type Condition struct {
	Field, Op string
	Values    []string
}

// Filter is a filter that was read. All of its conditions must hold.
type Filter []Condition

// String is the one form of a filter, in which two that mean the same by their text are equal: for SealCursor.
func (f Filter) String() string {
	b, _ := json.Marshal(f) // texts always can be encoded
	return string(b)
}

// Conditions reads the filter, whose fields must be among allowed.
func (in FilterInput) Conditions(allowed ...string) (Filter, error) {
	p := &filterParser{words: tokens(in.Filter)}
	var f Filter
	for len(p.words) > 0 {
		if len(f) > 0 && !p.accept("and") {
			return nil, filterMalformed(p.at())
		}
		c, ok := p.condition()
		if !ok {
			return nil, filterMalformed(p.at())
		}
		if !slices.Contains(allowed, c.Field) {
			return nil, unknownIn("filter", "filter_field_unknown", c.Field, strings.Join(allowed, ", "))
		}
		f = append(f, c)
	}
	return f, nil
}

func filterMalformed(at string) error {
	return errs.Newf(errs.Malformed, "filter_malformed", "at", at).Add("?filter", "filter_malformed", "at", at)
}

// token is a word, a quoted text, or one of the marks ( ) and comma.
type token struct {
	text   string
	quoted bool
}

type filterParser struct {
	words []token
	last  string
}

// at is near where reading stopped.
func (p *filterParser) at() string {
	if len(p.words) > 0 {
		return p.words[0].text
	}
	return p.last
}

func (p *filterParser) next() (token, bool) {
	if len(p.words) == 0 {
		return token{}, false
	}
	t := p.words[0]
	p.words, p.last = p.words[1:], t.text
	return t, true
}

func (p *filterParser) accept(text string) bool {
	if len(p.words) == 0 || p.words[0].quoted || p.words[0].text != text {
		return false
	}
	p.next()
	return true
}

// word takes a bare word: neither a mark nor the beginning of a quotation that does not end.
func (p *filterParser) word() (string, bool) {
	if len(p.words) == 0 || p.words[0].quoted || strings.ContainsAny(p.words[0].text, `(),"`) {
		return "", false
	}
	t, _ := p.next()
	return t.text, true
}

func (p *filterParser) condition() (Condition, bool) {
	var c Condition
	var ok bool
	if c.Field, ok = p.word(); !ok {
		return c, false
	}
	if c.Op, ok = p.word(); !ok {
		return c, false
	}
	switch c.Op {
	case "isEmpty", "isNotEmpty":
		return c, true
	case "in", "between":
		c.Values, ok = p.values()
		return c, ok && (c.Op == "in" || len(c.Values) == 2)
	case "eq", "ne", "contains", "startsWith", "gt", "gte", "lt", "lte":
		v, ok := p.value()
		c.Values = []string{v}
		return c, ok
	}
	p.words = slices.Insert(p.words, 0, token{text: c.Op}) // no operator: reading stopped here
	return c, false
}

func (p *filterParser) value() (string, bool) {
	if len(p.words) > 0 && p.words[0].quoted {
		t, _ := p.next()
		return t.text, true
	}
	return p.word()
}

func (p *filterParser) values() ([]string, bool) {
	if !p.accept("(") {
		return nil, false
	}
	var all []string
	for {
		v, ok := p.value()
		if !ok {
			return nil, false
		}
		all = append(all, v)
		if p.accept(")") {
			return all, true
		}
		if !p.accept(",") {
			return nil, false
		}
	}
}

// tokens splits a filter. A quotation that does not end becomes a word that no condition accepts.
func tokens(s string) []token {
	var all []token
	for s = strings.TrimLeft(s, " "); s != ""; s = strings.TrimLeft(s, " ") {
		if s[0] == '"' {
			d := json.NewDecoder(strings.NewReader(s))
			var text string
			if err := d.Decode(&text); err == nil {
				all, s = append(all, token{text: text, quoted: true}), s[d.InputOffset():]
				continue
			}
		}
		n := strings.IndexAny(s, " (),")
		switch n {
		case -1:
			n = len(s)
		case 0:
			n = 1
		}
		all, s = append(all, token{text: s[:n]}), s[n:]
	}
	return all
}
