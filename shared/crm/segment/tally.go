package segment

import (
	"encoding/json"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/errs"
)

// figures are the operators of a count or sum.
var figures = []Op{Eq, Ne, Gt, Gte, Lt, Lte, Between}

func (p *parser) tally(v any, at string, depth int, events bool) Rule {
	m, ok := v.(map[string]any)
	if !ok {
		p.Add(at, "rule_malformed")
		return Rule{}
	}
	t := Tally{Events: events}
	if events {
		p.only(m, at, "type", "count", "inLast")
		t.Type = p.word(m["type"], at+"/type")
	} else {
		p.only(m, at, "count", "sum", "inLast", "where")
	}
	p.measure(&t, m, at)
	if v, has := m["inLast"]; has {
		t.InLast, _ = v.(string)
		if _, ok := parsePeriod(t.InLast); !ok {
			p.Add(at+"/inLast", "rule_period_invalid")
		}
	}
	if w, has := m["where"]; has && !events {
		rule := p.rule(w, at+"/where", depth+1, ofWhere)
		t.Where = &rule
	}
	return Rule{t}
}

// measure reads "count": [op, value] or "sum": [op, value].
func (p *parser) measure(t *Tally, m map[string]any, at string) {
	count, hasCount := m["count"]
	sum, hasSum := m["sum"]
	switch {
	case hasCount && hasSum:
		p.Add(at+"/sum", "rule_member_unknown", "name", "sum")
	case !hasCount && !hasSum:
		p.Add(at+"/count", "rule_member_missing")
	case hasCount:
		p.comparison(t, count, at+"/count")
	default:
		t.Sum = true
		p.comparison(t, sum, at+"/sum")
	}
}

func (p *parser) comparison(t *Tally, v any, at string) {
	list, _ := v.([]any)
	if len(list) < 2 {
		p.Add(at, "rule_value_type", "expected", errs.Term("array"))
		return
	}
	var fits bool
	if t.Op, fits = p.op(list[0], at+"/0", figures); !fits {
		return
	}
	values := list[1:]
	if inner, nested := list[1].([]any); nested && t.Op == Between && len(list) == 2 {
		values = inner
	}
	if want := 1 + btoi(t.Op == Between); len(values) != want {
		p.Add(at, "rule_value_type", "expected", errs.Term("array"))
		return
	}
	for _, v := range values {
		d, code, ok := asMoney(v)
		if !ok || code != "" && (!t.Sum || t.Code != "" && t.Code != code) {
			p.Add(at+"/1", "rule_value_type", "expected", errs.Term("number"))
			return
		}
		t.Value, t.Code = append(t.Value, d), code
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// asDecimal takes a JSON number, or a number in a string, since clients write decimals so.
func asDecimal(v any) (decimal.Decimal, bool) {
	s := ""
	switch v := v.(type) {
	case json.Number:
		s = v.String()
	case string:
		s = strings.TrimSpace(v)
	}
	if s == "" || len(s) > 40 {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(s)
	if err != nil || d.Exponent() > 30 || d.Exponent() < -30 {
		return decimal.Decimal{}, false
	}
	return d, true
}

// asMoney also takes {"amount", "currency"}; a bare number has no currency of its own.
func asMoney(v any) (decimal.Decimal, string, bool) {
	m, ok := v.(map[string]any)
	if !ok {
		d, ok := asDecimal(v)
		return d, "", ok
	}
	amount, _ := m["amount"].(string)
	code, _ := m["currency"].(string)
	parsed, err := money.Parse(amount, code)
	return parsed.Amount, code, err == nil && len(m) == 2
}
