package insights

import (
	"context"
	"encoding/json"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/lake/insight"
)

// Morning is what an owner looks at first.
type Morning struct {
	Today     string        `json:"today" format:"date" doc:"In the workspace's zone."`
	Currency  string        `json:"currency" doc:"Of all revenue here."`
	Days      []Day         `json:"days" nullable:"false" doc:"The last 38 days, oldest first; the last is today so far, the one before is yesterday."`
	Others    []money.Money `json:"otherCurrencies" nullable:"false" doc:"Yesterday's revenue in other currencies, which is in none of the days."`
	Customers RawRule       `json:"customersRule" doc:"Rule of the customers who were created yesterday."`
	Buyers    RawRule       `json:"buyersRule" doc:"Rule of the customers who ordered yesterday."`
	People    []Attention   `json:"people" nullable:"false" doc:"Up to five people who need attention today."`

	table string // which one Table returns
}

// RawRule is a segment's rule.
type RawRule = json.RawMessage

// Day is what happened on a day.
type Day struct {
	Day       string      `json:"day" format:"date"`
	Customers int64       `json:"customers" doc:"Customers created."`
	Orders    int64       `json:"orders" doc:"Orders, in any currency."`
	Buyers    int64       `json:"buyers" doc:"Customers who ordered."`
	Revenue   money.Money `json:"revenue" doc:"In the workspace's currency."`
}

// daysShown are thirty for the line, a week to compare with, and today.
const daysShown = 38

type homeInput struct {
	Table string `query:"table" enum:"days,people" default:"days" doc:"Which table a caller who accepts CSV gets: the days, or the people who need attention. JSON has both."`
}

func (f *Feature) home(ctx context.Context, in *homeInput) (*struct{ Body Morning }, error) {
	v, err := f.view(ctx)
	if err != nil {
		return nil, err
	}
	days := insight.LastDays(v.World, daysShown)
	out := Morning{Today: v.Now.In(v.Zone).Format(time.DateOnly), Currency: v.Currency, Days: v.emptyDays(days), Others: []money.Money{}, table: in.Table}
	yesterday := out.Days[daysShown-2].Day
	out.Customers = written(all(field("customer.createdAt", "eq", yesterday)))
	out.Buyers = written(all(ordered("gte", 1, field("order.orderedAt", "eq", yesterday))))
	if err := v.fillDays(ctx, days, out.Days); err != nil {
		return nil, err
	}
	if out.Others, err = v.others(ctx); err != nil {
		return nil, err
	}
	out.People, err = v.attention(ctx)
	return &struct{ Body Morning }{out}, err
}

func (v *view) emptyDays(days insight.Days) []Day {
	out := make([]Day, daysShown)
	year, month, day := days.From.In(v.Zone).Date()
	for i := range out {
		out[i] = Day{Day: time.Date(year, month, day+i, 12, 0, 0, 0, time.UTC).Format(time.DateOnly), Revenue: v.money(nil)}
	}
	return out
}

func (v *view) fillDays(ctx context.Context, days insight.Days, out []Day) error {
	at := map[string]*Day{}
	for i := range out {
		at[out[i].Day] = &out[i]
	}
	sold, err := v.rows(ctx, days.Sold(v.World))
	if err != nil {
		return err
	}
	for _, row := range sold {
		if d := at[dayOf(row[0])]; d != nil {
			d.Orders, d.Buyers, d.Revenue = count(row[1]), count(row[2]), v.money(row[3])
		}
	}
	joined, err := v.rows(ctx, days.Joined(v.World))
	for _, row := range joined {
		if d := at[dayOf(row[0])]; d != nil {
			d.Customers = count(row[1])
		}
	}
	return err
}

// others is yesterday's revenue in other currencies.
func (v *view) others(ctx context.Context) ([]money.Money, error) {
	two := insight.LastDays(v.World, 2)
	rows, err := v.rows(ctx, insight.Days{From: two.From, To: insight.LastDays(v.World, 1).From}.Others(v.World))
	out := make([]money.Money, 0, len(rows))
	for _, row := range rows {
		amount, _ := row[1].(decimal.Decimal)
		out = append(out, money.Money{Amount: amount, Currency: text(row[0])})
	}
	return out, err
}

func dayOf(v any) string {
	t, _ := v.(time.Time)
	return t.Format(time.DateOnly)
}
