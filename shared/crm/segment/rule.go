// Package segment is the language in which a business says which customers it means: rules over profile, orders, responses and scores, decided for one
// customer at a time, explained in words, and the same wherever they are asked.
//
// # Meaning of a missing value
//
// A leaf is true or false, never unknown. On a value that is missing (an empty text, a custom field never set, a score not computed) every
// operator is false except isEmpty and ne: "ne" is exactly "not eq", "isNotEmpty" exactly "not isEmpty", and "not" turns every answer round. So a
// customer without a region is in {"ne": "서울"} and in {"not": {"eq": "서울"}}, but in neither {"gt": 5} nor {"lte": 5} of a number never set.
//
// # Texts, dates, money
//
// Texts are compared composed (Unicode NFC) and without regard to capitals. Dates are whole days in the workspace's zone: a moment is "before" a day when
// it lies before its first moment and "after" it when it lies behind its last; "between" takes in both days. inLast P90D is the 90 days before today and
// today up to now, both ends included, so that it agrees with a score's daysSinceLast <= 90; a period with hours (PT24H) counts back from now. Amounts are
// those in the workspace's currency unless the value names another ({"amount": "12.50", "currency": "USD"}); an amount in another currency is a missing value.
//
// A custom field is compared as the value in the rule says: see dynamic.go. An amount in it that is in another currency than the rule's is not equal, not more and
// not less, but is not empty.
package segment

import (
	"encoding/json"
	"slices"

	"github.com/shopspring/decimal"
)

// Limits of a rule.
const (
	MaxDepth  = 20
	MaxLeaves = 200
	MaxValues = 1000 // of "in"
	MaxText   = 1000 // characters of a value
)

// Op is an operator.
type Op string

// The operators.
const (
	Eq         Op = "eq"
	Ne         Op = "ne"
	In         Op = "in"
	Contains   Op = "contains"
	StartsWith Op = "startsWith"
	Gt         Op = "gt"
	Gte        Op = "gte"
	Lt         Op = "lt"
	Lte        Op = "lte"
	Between    Op = "between"
	Before     Op = "before"
	After      Op = "after"
	InLast     Op = "inLast"
	IsEmpty    Op = "isEmpty"
	IsNotEmpty Op = "isNotEmpty"
)

// Rule is a node of the tree: All, Any, Not, Field, Tally, Response or Segment. The zero Rule is none and matches nobody. Rules are made by Parse, or
// by hand for ready programs; Compile checks neither depth nor types again.
type Rule struct{ Node Node }

// Node is what a rule says.
type Node interface{ wire() any }

// All is true when every rule is; All{} is everybody.
type All []Rule

// Any is true when at least one rule is; Any{} is nobody.
type Any []Rule

// Not is true when its rule is not.
type Not struct{ Rule Rule }

// Field compares a field with a value. Path is one of Fields, or customer.custom.<key>. Value is what JSON holds: string, json.Number, bool,
// []any of these, map for money; nil for isEmpty and isNotEmpty.
type Field struct {
	Path  string
	Op    Op
	Value any
}

// Tally counts orders or events, or sums up the totals of orders, and compares the figure. Without any order the figure is 0.
type Tally struct {
	Events bool   // events instead of orders
	Type   string // of the events, "" for all
	Sum    bool   // the totals instead of the number
	Op     Op     // eq ne gt gte lt lte between
	Value  []decimal.Decimal
	Code   string // currency of the sum, "" for the workspace's
	InLast string // ISO 8601 period, "" for always
	Where  *Rule  // over order.product, order.channel, order.campaignId, order.total
}

// Response is true for customers who responded to a campaign in this way (opened, clicked, bought ...).
type Response struct {
	CampaignID string
	Kind       string
}

// Segment is true for the members of another segment.
type Segment struct{ ID string }

// Segments lists the segments that the rule itself names, each once, sorted.
func (r Rule) Segments() (ids []string) {
	r.each(func(n Node) {
		if s, ok := n.(Segment); ok {
			ids = append(ids, s.ID)
		}
	})
	slices.Sort(ids)
	return slices.Compact(ids)
}

// each visits the conditions.
func (r Rule) each(visit func(Node)) {
	switch n := r.Node.(type) {
	case All:
		for _, inner := range n {
			inner.each(visit)
		}
	case Any:
		for _, inner := range n {
			inner.each(visit)
		}
	case Not:
		n.Rule.each(visit)
	default:
		visit(n)
	}
}

func (n All) wire() any { return map[string]any{"all": []Rule(n)} }
func (n Any) wire() any { return map[string]any{"any": []Rule(n)} }
func (n Not) wire() any { return map[string]any{"not": n.Rule} }
func (n Response) wire() any {
	return map[string]any{"response": map[string]string{"campaignId": n.CampaignID, "kind": n.Kind}}
}
func (n Segment) wire() any { return map[string]any{"segment": n.ID} }

func (n Field) wire() any {
	m := map[string]any{"field": n.Path, "op": n.Op}
	if n.Value != nil {
		m["value"] = n.Value
	}
	return m
}

func (n Tally) wire() any {
	m := map[string]any{}
	measure, subject := "count", "orders"
	if n.Sum {
		measure = "sum"
	}
	if n.Events {
		subject = "events"
	}
	m[measure] = n.comparison()
	for name, v := range map[string]string{"type": n.Type, "inLast": n.InLast} {
		if v != "" {
			m[name] = v
		}
	}
	if n.Where != nil {
		m["where"] = n.Where
	}
	return map[string]any{subject: m}
}

// comparison is [op, value], a value of money when the rule names a currency.
func (n Tally) comparison() []any {
	values := make([]any, len(n.Value))
	for i, v := range n.Value {
		values[i] = json.Number(v.String())
		if n.Code != "" {
			values[i] = map[string]string{"amount": v.String(), "currency": n.Code}
		}
	}
	if n.Op == Between {
		return []any{n.Op, values}
	}
	return append([]any{n.Op}, values...)
}

// MarshalJSON writes what Parse reads.
func (r Rule) MarshalJSON() ([]byte, error) {
	if r.Node == nil {
		return []byte("null"), nil
	}
	return json.Marshal(r.Node.wire())
}

// UnmarshalJSON is Parse for rules inside other documents.
func (r *Rule) UnmarshalJSON(b []byte) error {
	parsed, err := Parse(b, "")
	*r = parsed
	return err
}
