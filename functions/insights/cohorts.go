package insights

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake/insight"
)

// Cohorts are customers by the month of their first order.
type Cohorts struct {
	Currency string   `json:"currency"`
	Cohorts  []Cohort `json:"cohorts" nullable:"false" doc:"The oldest first; months without first orders are left out."`
}

// Cohort is one month's new buyers.
type Cohort struct {
	Month     string        `json:"month" doc:"Of the first order, in the workspace's zone: 2026-11."`
	Customers int64         `json:"customers"`
	Rule      RawRule       `json:"rule"`
	Months    []CohortMonth `json:"months" nullable:"false" doc:"The month of the first order, and each since in which any of them bought."`
}

// CohortMonth is what a cohort did in a month.
type CohortMonth struct {
	Since     int         `json:"since" doc:"Months since the first order; 0 is its own."`
	Month     string      `json:"month"`
	Buyers    int64       `json:"buyers"`
	Retention float64     `json:"retention" doc:"Share of the cohort who bought."`
	Orders    int64       `json:"orders" doc:"In any currency."`
	Revenue   money.Money `json:"revenue" doc:"In the workspace's currency."`
	Rule      RawRule     `json:"rule"`
}

type rangeInput struct {
	From string `query:"from" pattern:"^[0-9]{4}-(0[1-9]|1[0-2])$" doc:"First month, 2026-01; default eleven before the last."`
	To   string `query:"to" pattern:"^[0-9]{4}-(0[1-9]|1[0-2])$" doc:"Last month; default this one."`
}

// mostMonths bounds what one answer holds.
const mostMonths = 120

// months reads a range of months, at the pointers of its fields.
func (v *view) months(from, to string) (insight.Range, error) {
	last := insight.MonthOf(v.Now.In(v.Zone))
	if t, err := time.Parse("2006-01", to); err == nil {
		last = insight.MonthOf(t)
	}
	first := last - 11
	if t, err := time.Parse("2006-01", from); err == nil {
		first = insight.MonthOf(t)
	}
	if first > last || last-first >= mostMonths {
		return insight.Range{}, errs.InvalidField("/from", "months_range", "max", mostMonths)
	}
	return insight.Range{From: first, To: last}, nil
}

func (f *Feature) cohorts(ctx context.Context, in *rangeInput) (*struct{ Body Cohorts }, error) {
	v, err := f.view(ctx)
	if err != nil {
		return nil, err
	}
	r, err := v.months(in.From, in.To)
	if err != nil {
		return nil, err
	}
	rows, err := v.rows(ctx, insight.Cohorts(r, v.World))
	out := Cohorts{Currency: v.Currency, Cohorts: []Cohort{}}
	for _, row := range rows {
		first, month := insight.Month(count(row[0])), insight.Month(count(row[1]))
		if n := len(out.Cohorts); n == 0 || out.Cohorts[n-1].Month != first.String() {
			out.Cohorts = append(out.Cohorts, Cohort{Month: first.String(), Customers: count(row[2]), Rule: written(all(firstIn(first)...))})
		}
		c := &out.Cohorts[len(out.Cohorts)-1]
		c.Months = append(c.Months, CohortMonth{Since: int(month - first), Month: month.String(), Buyers: count(row[2]), Retention: float64(count(row[2])) / float64(max(c.Customers, 1)),
			Orders: count(row[3]), Revenue: v.money(row[4]), Rule: written(all(append(firstIn(first), boughtIn(month, month))...))})
	}
	return &struct{ Body Cohorts }{out}, err
}
