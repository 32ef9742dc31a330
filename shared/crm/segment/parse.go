package segment

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lazyregexp"
)

// Parse reads a rule strictly. Everything that is wrong is reported in one *errs.Error (kind Invalid), each with its JSON pointer behind at, which is where the
// rule stands in the document ("/rule"). The codes: rule_malformed, rule_node_unknown, rule_member_unknown, rule_member_missing,
// rule_field_unknown, rule_op_unknown, rule_op_unfit, rule_value_type, rule_period_invalid, rule_too_deep, rule_too_many_leaves, rule_too_many_values,
// rule_id_invalid.
func Parse(data []byte, at string) (Rule, error) { return parse(data, at, ofCustomers) }

// scope is whose fields a rule may name.
type scope int

const (
	ofCustomers scope = iota // customers and their scores
	ofWhere                  // an order, within "where"
	ofOrders                 // an order of a list, and the customer who placed it
	ofLeads                  // a lead of a list
	ofCampaigns              // a campaign of a list
)

// fieldsAlone says that conditions are over fields and nothing else.
func (s scope) fieldsAlone() bool { return s == ofWhere || recordsIn(s) != nil }

func parse(data []byte, at string, in scope) (Rule, error) {
	p := &parser{Error: errs.New(errs.Invalid, "validation_failed")}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		p.Add(at, "rule_malformed")
		return Rule{}, p.OrNil()
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		p.Add(at, "rule_malformed")
	}
	r := p.rule(v, at, 1, in)
	if p.leaves > MaxLeaves {
		p.Add(at, "rule_too_many_leaves", "max", MaxLeaves)
	}
	return r, p.OrNil()
}

// parser collects what is refused.
type parser struct {
	*errs.Error
	leaves int
}

func (p *parser) rule(v any, at string, depth int, in scope) Rule {
	m, ok := v.(map[string]any)
	if depth > MaxDepth {
		p.Add(at, "rule_too_deep", "max", MaxDepth)
		return Rule{}
	}
	if !ok {
		p.Add(at, "rule_malformed")
		return Rule{}
	}
	for _, name := range []string{"all", "any", "not"} {
		if inner, has := m[name]; has {
			p.only(m, at, name)
			return p.group(name, inner, at+"/"+name, depth, in)
		}
	}
	p.leaves++
	if p.leaves > MaxLeaves {
		return Rule{}
	}
	return p.leaf(m, at, depth, in)
}

func (p *parser) group(name string, inner any, at string, depth int, in scope) Rule {
	if name == "not" {
		return Rule{Not{p.rule(inner, at, depth+1, in)}}
	}
	list, ok := inner.([]any)
	if !ok {
		p.Add(at, "rule_value_type", "expected", errs.Term("array"))
		return Rule{}
	}
	rules := make([]Rule, len(list))
	for i, v := range list {
		rules[i] = p.rule(v, at+"/"+strconv.Itoa(i), depth+1, in)
	}
	if name == "all" {
		return Rule{All(rules)}
	}
	return Rule{Any(rules)}
}

func (p *parser) leaf(m map[string]any, at string, depth int, in scope) Rule {
	switch {
	case m["field"] != nil:
		return p.field(m, at, in)
	case in.fieldsAlone():
	case m["orders"] != nil:
		p.only(m, at, "orders")
		return p.tally(m["orders"], at+"/orders", depth, false)
	case m["events"] != nil:
		p.only(m, at, "events")
		return p.tally(m["events"], at+"/events", depth, true)
	case m["response"] != nil:
		p.only(m, at, "response")
		return p.response(m["response"], at+"/response")
	case m["segment"] != nil:
		p.only(m, at, "segment")
		return Rule{Segment{p.id(m["segment"], at+"/segment", "seg_")}}
	}
	p.Add(at, "rule_node_unknown")
	return Rule{}
}

var escape = strings.NewReplacer("~", "~0", "/", "~1")

// only refuses members beside those named.
func (p *parser) only(m map[string]any, at string, names ...string) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if !slices.Contains(names, name) {
			p.Add(at+"/"+escape.Replace(name), "rule_member_unknown", "name", name)
		}
	}
}

func (p *parser) response(v any, at string) Rule {
	m, ok := v.(map[string]any)
	if !ok {
		p.Add(at, "rule_malformed")
		return Rule{}
	}
	p.only(m, at, "campaignId", "kind")
	return Rule{Response{p.id(m["campaignId"], at+"/campaignId", "cmp_"), p.word(m["kind"], at+"/kind")}}
}

// id takes the id of a record that the prefix names.
func (p *parser) id(v any, at, prefix string) string {
	s, _ := v.(string)
	if !strings.HasPrefix(s, prefix) || len(s) > 64 {
		p.Add(at, "rule_id_invalid", "prefix", prefix)
	}
	return s
}

var wordForm = lazyregexp.New(`^[A-Za-z][A-Za-z0-9_.-]{0,99}$`)

// word takes a name such as a kind of response or a type of event.
func (p *parser) word(v any, at string) string {
	s, ok := v.(string)
	switch {
	case v == nil:
		p.Add(at, "rule_member_missing")
	case !ok || !wordForm().MatchString(s):
		p.Add(at, "rule_value_type", "expected", errs.Term("string"))
	}
	return s
}

func (p *parser) op(v any, at string, fit []Op) (Op, bool) {
	s, _ := v.(string)
	op := Op(s)
	switch {
	case !slices.Contains(ops[Dynamic], op):
		p.Add(at, "rule_op_unknown", "value", s)
		return op, false
	case !slices.Contains(fit, op):
		p.Add(at, "rule_op_unfit", "op", s)
		return op, false
	}
	return op, true
}

func (p *parser) field(m map[string]any, at string, in scope) Rule {
	p.only(m, at, "field", "op", "value")
	path, _ := m["field"].(string)
	f, known := find(path, in)
	if !known {
		p.Add(at+"/field", "rule_field_unknown", "field", path)
		return Rule{}
	}
	op, fits := p.op(m["op"], at+"/op", ops[f.Type])
	if !fits {
		return Rule{}
	}
	value, given := m["value"]
	switch empty := op == IsEmpty || op == IsNotEmpty; {
	case empty && given && value != nil:
		p.Add(at+"/value", "rule_member_unknown", "name", "value")
	case empty:
	case value == nil:
		p.Add(at+"/value", "rule_member_missing")
	default:
		p.value(f.Type, op, value, at+"/value")
	}
	return Rule{Field{Path: f.Path, Op: op, Value: value}}
}

// value refuses what cannot be compared with a field of the type.
func (p *parser) value(t Type, op Op, v any, at string) {
	switch op {
	case InLast:
		s, _ := v.(string)
		if _, ok := parsePeriod(s); !ok {
			p.Add(at, "rule_period_invalid")
		}
	case In, Between:
		p.values(t, op, v, at)
	case Contains, StartsWith:
		p.single(Text, v, at)
	case Before, After:
		p.single(Date, v, at)
	default:
		p.single(t, v, at)
	}
}

func (p *parser) values(t Type, op Op, v any, at string) {
	list, ok := v.([]any)
	switch {
	case !ok, op == Between && len(list) != 2:
		p.Add(at, "rule_value_type", "expected", errs.Term("array"))
	case len(list) > MaxValues:
		p.Add(at, "rule_too_many_values", "max", MaxValues)
	default:
		for i, e := range list {
			p.single(t, e, at+"/"+strconv.Itoa(i))
		}
	}
	if ok && op == Between && t == Dynamic && len(list) == 2 && !alike(list[0], list[1]) {
		p.Add(at, "rule_value_type", "expected", errs.Term("array"))
	}
}

// alike says whether two values compare with the same: two dates, two amounts of one currency, or neither.
func alike(a, b any) bool {
	_, one, _ := asMoney(a)
	_, other, _ := asMoney(b)
	return isDate(a) == isDate(b) && one == other
}

// names are the types in the words of errors.
var names = map[Type]errs.Term{Text: "string", Tags: "string", Number: "number", Money: "decimal", Date: "date", Bool: "boolean", Dynamic: "string"}

func (p *parser) single(t Type, v any, at string) {
	s, isText := v.(string)
	if isText && utf8.RuneCountInString(s) > MaxText {
		p.Add(at, "value_too_long", "max", MaxText)
		return
	}
	ok := isText
	switch t {
	case Number:
		_, ok = asDecimal(v)
	case Money:
		_, _, ok = asMoney(v)
	case Date:
		ok = isText && isDate(s)
	case Bool:
		_, ok = v.(bool)
	case Dynamic:
		_, isBool := v.(bool)
		_, isNumber := v.(json.Number)
		ok = isText || isBool || isNumber
		if IsNamedAmount(v) {
			_, _, ok = asMoney(v)
		}
	}
	if !ok {
		p.Add(at, "rule_value_type", "expected", names[t])
	}
}
