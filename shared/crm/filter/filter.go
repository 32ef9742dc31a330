// Package filter reads the one language in which all lists are narrowed, the filter parameter of the public API. It knows words, brackets and operators; what a
// field is, and which values fit it, whoever asks knows. The operators are those of segment rules.
//
//	filter    = all *( " or " all )
//	all       = one *( " and " one )
//	one       = [ "not " ] ( condition / "(" filter ")" )
//	condition = field " " operator [ " " value ] [ " within " period ]
//	value     = word / JSON string / "(" value *( "," value ) ")"
//
// for example: address.region eq "서울" and (orders.count gte 3 within P90D or tags in (vip,gold)) and not email isEmpty
package filter

import (
	"slices"
	"strings"
)

// MaxDepth is how deep brackets may be nested.
const MaxDepth = 10

// Kind is what a part of a filter is.
type Kind string

// The kinds.
const (
	And Kind = "and"
	Or  Kind = "or"
	Not Kind = "not"
	One Kind = "condition"
)

// Filter is a filter that was read: a condition, or others joined. Not has one part. And without parts holds for everything.
type Filter struct {
	Kind      Kind
	Parts     []Filter
	Condition Condition
}

// Condition is one condition. Values has one value, or none for isEmpty and isNotEmpty, two for between, one or more for in.
type Condition struct {
	Field, Op string
	Values    []Value
	Within    string // a period such as P90D, "" for always
}

// Value is a value as it was written.
type Value struct {
	Text   string
	Quoted bool
}

// Parse reads a filter; "" is And without parts. When it cannot, ok is false and near the text at which reading stopped.
func Parse(text string) (f Filter, near string, ok bool) {
	p := &parser{words: tokens(text)}
	if len(p.words) == 0 {
		return Filter{Kind: And}, "", true
	}
	if f, ok = p.any(0); !ok || len(p.words) > 0 {
		return Filter{}, p.near(), false
	}
	return f, "", true
}

type parser struct {
	words []token
	last  string
}

// near is where reading stopped.
func (p *parser) near() string {
	if len(p.words) > 0 {
		return p.words[0].text
	}
	return p.last
}

func (p *parser) any(depth int) (Filter, bool) { return p.joined(Or, depth, p.all) }

func (p *parser) all(depth int) (Filter, bool) { return p.joined(And, depth, p.one) }

// joined reads parts with the word between them; one part is itself.
func (p *parser) joined(kind Kind, depth int, part func(int) (Filter, bool)) (Filter, bool) {
	out := Filter{Kind: kind}
	for {
		f, ok := part(depth)
		if !ok {
			return Filter{}, false
		}
		out.Parts = append(out.Parts, f)
		if p.accept(string(kind)) {
			continue
		}
		if len(out.Parts) == 1 {
			return f, true
		}
		return out, true
	}
}

func (p *parser) one(depth int) (Filter, bool) {
	switch {
	case depth > MaxDepth:
		return Filter{}, false
	case p.accept("not"):
		inner, ok := p.one(depth + 1)
		return Filter{Kind: Not, Parts: []Filter{inner}}, ok
	case p.accept("("):
		f, ok := p.any(depth + 1)
		return f, ok && p.accept(")")
	}
	c, ok := p.condition()
	return Filter{Kind: One, Condition: c}, ok
}

func (p *parser) condition() (c Condition, ok bool) {
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
		ok = ok && (c.Op == "in" || len(c.Values) == 2)
	case "eq", "ne", "contains", "startsWith", "gt", "gte", "lt", "lte", "before", "after", "inLast":
		var v Value
		v, ok = p.value()
		c.Values = []Value{v}
	default:
		p.words = slices.Insert(p.words, 0, token{text: c.Op}) // no operator: reading stopped here
		return c, false
	}
	if ok && p.accept("within") {
		c.Within, ok = p.word()
	}
	return c, ok
}

func (p *parser) value() (Value, bool) {
	if len(p.words) > 0 && p.words[0].quoted {
		return Value{p.next().text, true}, true
	}
	text, ok := p.word()
	return Value{Text: text}, ok
}

func (p *parser) values() (all []Value, ok bool) {
	if !p.accept("(") {
		return nil, false
	}
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

func (p *parser) next() token {
	t := p.words[0]
	p.words, p.last = p.words[1:], t.text
	return t
}

func (p *parser) accept(text string) bool {
	if len(p.words) == 0 || p.words[0].quoted || p.words[0].text != text {
		return false
	}
	p.next()
	return true
}

// word takes a bare word: neither a mark nor the beginning of a quotation that does not end.
func (p *parser) word() (string, bool) {
	if len(p.words) == 0 || p.words[0].quoted || strings.ContainsAny(p.words[0].text, `(),"`) {
		return "", false
	}
	return p.next().text, true
}
