package segment

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/crm/filter"
	"github.com/dangol/dangol/shared/errs"
)

// Custom tells the type of a defined custom field; false for one that is not defined.
type Custom func(key string) (Type, bool)

// Grammar reads the filter of a list: FromFilter that of customers, FromOrderFilter that of orders.
type Grammar func(filter string, custom Custom) (Rule, error)

// FromFilter reads a filter of customers as a rule, which means the same and has the same bounds. Beside the fields of rules, whose "customer." may be left
// out, a condition may be over
//
//	orders.count, orders.sum, events.<type>   how many or how much, "within P90D" or ever
//	response.<kind>                           eq, ne or in: the campaigns to which a customer responded so (opened, clicked, bought ...)
//	segment                                   eq, ne or in: segments of which a customer is a member
//
// Amounts are numbers in the workspace's currency, or quoted with another's ("12.50 USD"). What is refused is errs.Malformed: filter_malformed, or
// filter_invalid with the codes of Parse at "?filter".
func FromFilter(text string, custom Custom) (Rule, error) {
	return translation{custom, ofCustomers}.read(text)
}

// FromOrderFilter reads a filter of orders. Fields are those of an order, whose "order." may be left out, and, with "customer." and "score.", those of the customer
// who placed it; orders.count, response, segment and events are that customer's too.
func FromOrderFilter(text string, custom Custom) (Rule, error) {
	return translation{custom, ofOrders}.read(text)
}

func (t translation) read(text string) (Rule, error) {
	f, near, ok := filter.Parse(text)
	if !ok {
		return Rule{}, errs.Newf(errs.Malformed, "filter_malformed", "at", near).Add("?filter", "filter_malformed", "at", near)
	}
	raw, err := json.Marshal(t.whole(f))
	if err != nil {
		return Rule{}, err
	}
	rule, err := parse(raw, "", t.in)
	if err == nil {
		err = undefined(rule, t.custom)
	}
	return rule, InFilter(err)
}

// InFilter says of the refusal of a rule that the rule stands in a filter. What the filter itself was refused for stays as it is.
func InFilter(err error) error {
	var refused *errs.Error
	if !errors.As(err, &refused) || refused.Kind != errs.Invalid {
		return err
	}
	out := errs.New(errs.Malformed, "filter_invalid")
	for _, f := range refused.Fields {
		f.Pointer = "?filter"
		out.Fields = append(out.Fields, f)
	}
	return out
}

// undefined refuses custom fields that nobody defined: a filter that was mistyped would find nobody without a word.
func undefined(r Rule, custom Custom) error {
	refused := errs.New(errs.Malformed, "filter_invalid")
	r.each(func(node Node) {
		n, _ := node.(Field)
		key, isCustom := strings.CutPrefix(n.Path, customPrefix)
		if _, defined := custom(key); isCustom && !defined {
			refused.Add("?filter", "rule_field_unknown", "field", "custom."+key)
		}
	})
	return refused.OrNil()
}

// PathOf is the path of a field of customers as lists name it: "name" is customer.name.
func PathOf(name string) string {
	if strings.HasPrefix(name, "score.") || strings.HasPrefix(name, "customer.") {
		return name
	}
	return "customer." + name
}

// ListedPathOf is the path of a field as lists of orders name it: "total" is order.total.
func ListedPathOf(name string) string {
	if strings.HasPrefix(name, "score.") || strings.HasPrefix(name, "customer.") {
		return name
	}
	return orderPath(name)
}

func (t translation) pathOf(name string) string {
	if r := recordsIn(t.in); r != nil {
		return r.Path(name)
	}
	if t.in == ofOrders {
		return ListedPathOf(name)
	}
	return PathOf(name)
}

// OfOrdersAlone says whether a rule of FromOrderFilter asks about orders and not about who placed them.
func (r Rule) OfOrdersAlone() bool {
	switch n := r.Node.(type) {
	case All:
		return !slices.ContainsFunc(n, func(r Rule) bool { return !r.OfOrdersAlone() })
	case Any:
		return !slices.ContainsFunc(n, func(r Rule) bool { return !r.OfOrdersAlone() })
	case Not:
		return n.Rule.OfOrdersAlone()
	case Field:
		return strings.HasPrefix(n.Path, "order.")
	default:
		return false
	}
}

// translation writes a filter as the JSON of a rule.
type translation struct {
	custom Custom
	in     scope
}

type node = map[string]any

func (t translation) whole(f filter.Filter) any {
	switch f.Kind {
	case filter.And:
		return node{"all": t.parts(f)}
	case filter.Or:
		return node{"any": t.parts(f)}
	case filter.Not:
		return node{"not": t.whole(f.Parts[0])}
	}
	return t.condition(f.Condition)
}

func (t translation) parts(f filter.Filter) []any {
	out := make([]any, len(f.Parts))
	for i, p := range f.Parts {
		out[i] = t.whole(p)
	}
	return out
}

func (t translation) condition(c filter.Condition) any {
	noun, rest, _ := strings.Cut(c.Field, ".")
	switch {
	case noun == "orders" && (rest == "count" || rest == "sum"):
		return node{"orders": tallied(c, rest, nil)}
	case noun == "events" && rest != "":
		return node{"events": tallied(c, "count", node{"type": rest})}
	case noun == "response" && rest != "":
		return oneByOne(c, func(id string) any { return node{"response": node{"campaignId": id, "kind": rest}} })
	case c.Field == "segment":
		return oneByOne(c, func(id string) any { return node{"segment": id} })
	}
	return t.field(c)
}

func tallied(c filter.Condition, measure string, also node) node {
	values := make([]any, len(c.Values))
	for i, v := range c.Values {
		values[i] = amount(v)
	}
	out := node{measure: []any{c.Op, values}}
	if len(values) == 1 {
		out[measure] = []any{c.Op, values[0]}
	}
	if c.Within != "" {
		out["inLast"] = c.Within
	}
	for name, v := range also {
		out[name] = v
	}
	return out
}

// oneByOne asks for something that a rule can ask for one at a time.
func oneByOne(c filter.Condition, ask func(id string) any) any {
	var any []any
	for _, v := range c.Values {
		any = append(any, ask(v.Text))
	}
	switch Op(c.Op) {
	case Eq, In:
		return node{"any": any}
	case Ne:
		return node{"not": node{"any": any}}
	default:
		return node{"field": "customer.id", "op": "none of eq, ne, in: " + c.Op}
	}
}

func (t translation) field(c filter.Condition) any {
	path := t.pathOf(c.Field)
	out := node{"field": path, "op": c.Op}
	if c.Within != "" {
		out["within"] = c.Within // which no field has, and Parse says so
	}
	kind := t.typeOf(path, Op(c.Op))
	values := make([]any, len(c.Values))
	for i, v := range c.Values {
		values[i] = typed(kind, v)
	}
	switch {
	case c.Op == string(In) || c.Op == string(Between):
		out["value"] = values
	case len(values) == 1:
		out["value"] = values[0]
	}
	return out
}

// typeOf is the type that values of the field have under the operator.
func (t translation) typeOf(path string, op Op) Type {
	switch op {
	case Contains, StartsWith, Before, After, InLast:
		return Text
	}
	f, _ := find(path, t.in)
	if key, isCustom := strings.CutPrefix(path, customPrefix); isCustom {
		if kind, defined := t.custom(key); defined {
			return kind
		}
	}
	return f.Type
}

// typed reads a word as a value of the type; what is none becomes something that Parse refuses.
func typed(t Type, v filter.Value) any {
	switch {
	case t == Number && json.Valid([]byte(v.Text)):
		return json.Number(v.Text)
	case t == Money:
		return amount(v)
	case t == Bool && (v.Text == "true" || v.Text == "false"):
		return v.Text == "true"
	case t == Number, t == Bool:
		return []any{v.Text}
	default:
		return v.Text
	}
}

// amount reads a number, or an amount with its currency.
func amount(v filter.Value) any {
	figure, currency, named := strings.Cut(v.Text, " ")
	switch {
	case named:
		return node{"amount": figure, "currency": currency}
	case json.Valid([]byte(figure)):
		return json.Number(figure)
	default:
		return v.Text
	}
}
