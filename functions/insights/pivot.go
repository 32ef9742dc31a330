package insights

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/insight"
)

type pivotInput struct {
	Body struct {
		Rows    string          `json:"rows,omitempty" maxLength:"100" doc:"A field of customers whose values are the rows: customer.address.region, customer.tags, customer.custom.<key> ... One row without it."`
		Columns string          `json:"columns,omitempty" enum:"month,quarter,year" default:"month"`
		From    string          `json:"from,omitempty" pattern:"^[0-9]{4}-(0[1-9]|1[0-2])$" doc:"First month; default eleven before the last. Quarters and years are taken whole."`
		To      string          `json:"to,omitempty" pattern:"^[0-9]{4}-(0[1-9]|1[0-2])$" doc:"Last month; default this one."`
		Rule    json.RawMessage `json:"rule,omitempty" doc:"A segment's rule: whose orders are counted; everybody's without it."`
	}
}

// PivotTable is what was bought, by a property of customers and by period.
type PivotTable struct {
	Currency string     `json:"currency"`
	Periods  []string   `json:"periods" nullable:"false" doc:"The first month of each column."`
	Rows     []PivotRow `json:"rows" nullable:"false" doc:"In the order of their values; those without one last."`
	Total    PivotRow   `json:"total" doc:"Of all customers: who is in several rows, by several tags, counts once."`
}

// PivotRow is a value with its figures.
type PivotRow struct {
	Value string      `json:"value,omitempty" doc:"As it is written; absent for those without one."`
	Cells []PivotCell `json:"cells" nullable:"false" doc:"One for each period."`
	Total PivotCell   `json:"total" doc:"Of the whole range: who bought in several periods counts once."`
}

// PivotCell is the figures of a row in a period.
type PivotCell struct {
	Revenue money.Money `json:"revenue" doc:"In the workspace's currency."`
	Orders  int64       `json:"orders" doc:"In any currency."`
	Buyers  int64       `json:"buyers"`
	Rule    RawRule     `json:"rule"`
}

func (f *Feature) pivot(ctx context.Context, in *pivotInput) (*struct{ Body PivotTable }, error) {
	v, err := f.view(ctx)
	if err != nil {
		return nil, err
	}
	q, err := v.question(ctx, in)
	if err != nil {
		return nil, err
	}
	out := PivotTable{Currency: v.Currency, Periods: q.periods(), Rows: []PivotRow{}}
	if out.Rows, err = q.table(ctx, v); err != nil {
		return nil, err
	}
	totals := q
	totals.Rows = ""
	rows, err := totals.table(ctx, v)
	if err != nil {
		return nil, err
	}
	out.Total = totals.row("")
	if len(rows) > 0 {
		out.Total = rows[0]
	}
	return &struct{ Body PivotTable }{out}, nil
}

// question is a pivot as it is asked, with the rule as it was given.
type question struct {
	insight.Pivot
	given rule
	v     *view
}

func (v *view) question(ctx context.Context, in *pivotInput) (question, error) {
	r, err := v.months(in.Body.From, in.Body.To)
	if err != nil {
		return question{}, err
	}
	step := insight.Step(in.Body.Columns)
	if step == "" {
		step = insight.ByMonth
	}
	n := step.Months()
	q := question{v: v, Pivot: insight.Pivot{Rows: in.Body.Rows, Step: step, Range: insight.Range{From: r.From / n * n, To: r.To/n*n + n - 1}}}
	if err := v.fields(ctx); err != nil {
		return question{}, err
	}
	if len(in.Body.Rule) > 0 {
		err = q.of(ctx, in.Body.Rule)
	}
	return q, err
}

// of restricts the figures to those whom a rule means.
func (q *question) of(ctx context.Context, raw json.RawMessage) (err error) {
	if q.Rule, err = segment.Parse(raw, "/rule"); err != nil {
		return err
	}
	named, err := q.v.audience.Within(ctx, q.Rule, q.v.Env)
	if err != nil {
		return err
	}
	q.v.Segment, q.v.Frozen = named.Rule, named.Frozen
	return json.Unmarshal(raw, &q.given)
}

func (q question) periods() (out []string) {
	for m := q.Range.From; m <= q.Range.To; m += q.Step.Months() {
		out = append(out, m.String())
	}
	return out
}

// table asks for the figures and puts them into rows.
func (q question) table(ctx context.Context, v *view) ([]PivotRow, error) {
	s, err := q.Statement(v.World)
	if err != nil {
		return nil, err
	}
	rows, err := v.rows(ctx, s)
	out := []PivotRow{}
	last := ""
	for i, row := range rows {
		value := text(row[0])
		if i == 0 || value != last {
			out, last = append(out, q.row(text(row[1]))), value
		}
		out[len(out)-1].put(int((insight.Month(count(row[2]))-q.Range.From)/q.Step.Months()), row)
	}
	return out, err
}

// put sets a cell and adds it to the row's total.
func (r *PivotRow) put(at int, row []any) {
	amount, _ := row[3].(decimal.Decimal)
	c := &r.Cells[at]
	c.Revenue.Amount, c.Orders, c.Buyers = amount, count(row[4]), count(row[5])
	r.Total.Revenue.Amount = r.Total.Revenue.Amount.Add(amount)
	r.Total.Orders += c.Orders
	r.Total.Buyers += count(row[6])
}

// row is a row without figures, but with the rules of its cells.
func (q question) row(value string) PivotRow {
	var base []rule
	if q.given != nil {
		base = append(base, q.given)
	}
	switch {
	case q.Rows == "":
	case value == "":
		base = append(base, empty(q.Rows))
	case q.Rows == "customer.tags":
		base = append(base, field(q.Rows, "contains", value))
	default:
		base = append(base, field(q.Rows, "eq", value))
	}
	cell := func(from, to insight.Month) PivotCell {
		return PivotCell{Revenue: q.v.money(nil), Rule: written(all(append(slices.Clone(base), boughtIn(from, to))...))}
	}
	r := PivotRow{Value: value, Cells: []PivotCell{}, Total: cell(q.Range.From, q.Range.To)}
	for m := q.Range.From; m <= q.Range.To; m += q.Step.Months() {
		r.Cells = append(r.Cells, cell(m, m+q.Step.Months()-1))
	}
	return r
}
