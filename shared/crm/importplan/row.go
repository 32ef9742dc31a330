package importplan

import (
	"errors"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/csvsafe"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/errs"
)

// Row reads one row. Every problem of the row is returned, in the order of its columns as far as they have one; the record is good only without problems.
// A blank cell says nothing. The apostrophe with which exports guard formulas is taken off first.
func (p *Plan) Row(cells []string) (Record, []Problem) {
	d := draft{defaults: p.defaults}
	var problems []Problem
	for _, c := range p.columns {
		if c.index >= len(cells) {
			continue
		}
		cell := strings.TrimSpace(csvsafe.Unguard(cells[c.index]))
		d.content = append(d.content, c.path, cell)
		if cell == "" {
			continue
		}
		if code := c.read(&d, cell); code != "" {
			problems = append(problems, Problem{Column: c.name, Code: code, Value: shown(cell)})
		}
	}
	record, more := p.finish(&d, len(problems) > 0)
	for i := range more {
		more[i].Value = p.cell(cells, more[i].Column)
	}
	return record, append(problems, more...)
}

// finish applies the rules of the record as a whole. Once a cell was refused (bad), a field that is missing for it is not a second problem.
func (p *Plan) finish(d *draft, bad bool) (Record, []Problem) {
	switch p.kind {
	case Customers:
		kind := d.customer.Fields.Kind
		fields, err := customer.Normalise(d.customer.Fields, p.defaults.Country)
		fields.Kind = kind
		d.customer.Fields = fields
		return Record{Customer: &d.customer}, p.problems(err, bad)
	case Leads:
		fields, err := lead.Normalise(d.lead, p.defaults.Country)
		return Record{Lead: &fields}, p.problems(err, bad)
	default:
		return p.finishOrder(d, bad)
	}
}

// problems places the refusals of a record's rules at their columns.
func (p *Plan) problems(err error, bad bool) (out []Problem) {
	refused := (*errs.Error)(nil)
	if !errors.As(err, &refused) {
		return nil
	}
	for _, f := range refused.Fields {
		column := p.columnAt(f.Pointer)
		if column == "" && bad {
			continue
		}
		out = append(out, Problem{Column: column, Code: f.Code, Args: f.Args})
	}
	return out
}

// Refused places the refusal of a customer by rules that a row alone cannot break, such as those of its custom fields. A field that the file has no
// column for is named by its path.
func (p *Plan) Refused(err error) []Problem {
	out, refused := p.problems(err, false), (*errs.Error)(nil)
	errors.As(err, &refused)
	for i := range out {
		if out[i].Column == "" {
			out[i].Column = strings.ReplaceAll(strings.TrimPrefix(refused.Fields[i].Pointer, "/"), "/", ".")
		}
	}
	return out
}

// columnAt returns the column of the field that a JSON pointer leads to or into, "" for the record as a whole.
func (p *Plan) columnAt(pointer string) string {
	path := strings.ReplaceAll(strings.TrimPrefix(pointer, "/"), "/", ".")
	for path != "" {
		if c := p.columnOf[path]; c != "" {
			return c
		}
		path = path[:max(strings.LastIndexByte(path, '.'), 0)]
	}
	return ""
}

func (p *Plan) cell(cells []string, column string) string {
	for _, c := range p.columns {
		if c.name == column && c.index < len(cells) {
			return shown(cells[c.index])
		}
	}
	return ""
}

// shown cuts a cell for a list of problems.
func shown(cell string) string {
	if r := []rune(cell); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return cell
}

func (p *Plan) finishOrder(d *draft, bad bool) (Record, []Problem) {
	o := d.order
	o.content = strings.Join(d.content, "\x00")
	if o.Quantity.IsZero() {
		o.Quantity = decimal.NewFromInt(1)
	}
	var problems []Problem
	refuse := func(path, code string) {
		problems = append(problems, Problem{Column: p.columnOf[path], Code: code})
	}
	if !bad {
		p.missing(d, refuse)
	}
	var code string
	if o.UnitPrice, code = d.money(d.unitPrice); code != "" {
		refuse("unitPrice", code)
	}
	if o.Total, code = d.money(d.total); code != "" {
		refuse("total", code)
	}
	return Record{Order: &o}, problems
}

// missing refuses what an order cannot do without.
func (p *Plan) missing(d *draft, refuse func(path, code string)) {
	if d.order.CustomerExternalID == "" {
		refuse("customerExternalId", "required_missing")
	}
	if d.order.OrderedAt.IsZero() {
		refuse("orderedAt", "required_missing")
	}
	if d.unitPrice != nil || d.total != nil {
		return
	}
	if p.columnOf["total"] == "" {
		refuse("unitPrice", "required_missing")
	} else {
		refuse("total", "required_missing")
	}
}

// money gives an amount its currency: its own sign, else that of the currency column, else the default.
func (d *draft) money(a *amount) (*money.Money, string) {
	if a == nil {
		return nil, ""
	}
	fallback := d.defaults.Currency
	if d.currency != "" {
		fallback = d.currency
	}
	code, ok := currencyOf(a.sign, fallback)
	if !ok {
		return nil, "currency_unknown"
	}
	if d.currency != "" && code != d.currency {
		return nil, "currency_mixed"
	}
	m, err := money.Parse(a.number.String(), code)
	if err != nil {
		return nil, "money_invalid"
	}
	return &m, ""
}
