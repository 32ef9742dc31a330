package insights

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/lake/insight"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Attention is somebody to look after today.
type Attention struct {
	CustomerID string       `json:"customerId"`
	Name       string       `json:"name"`
	Reason     string       `json:"reason" enum:"lapsing,missing,bigFirstOrder,birthday" doc:"lapsing: a regular who will probably not come again. missing: a regular who has not come for 60 days, where there is no forecast. bigFirstOrder: whose first order of this week is at least twice the mean. birthday: today or within six days."`
	Days       *int64       `json:"days,omitempty" doc:"Since the last order (lapsing, missing), or until the birthday."`
	PAlive     *float64     `json:"pAlive,omitempty" doc:"Probability that the customer still buys."`
	Amount     *money.Money `json:"amount,omitempty" doc:"Revenue so far, or the first order."`
}

// attended is how many people are shown, and at most of each reason at first.
const attended = 5

// attention takes one of each reason in turn until there are enough, nobody twice.
func (v *view) attention(ctx context.Context) ([]Attention, error) {
	var lists [][]Attention
	for _, ask := range []struct {
		reason string
		s      sqltext.Statement
	}{
		{"lapsing", insight.Lapsing(v.World, attended)}, {"missing", insight.Missing(v.World, attended)},
		{"bigFirstOrder", insight.FirstOrders(v.World, attended)}, {"birthday", insight.Birthdays(v.World, attended)},
	} {
		rows, err := v.rows(ctx, ask.s)
		if err != nil {
			return nil, err
		}
		var list []Attention
		for _, row := range rows {
			list = append(list, v.person(ask.reason, row))
		}
		lists = append(lists, list)
	}
	return inTurn(lists), nil
}

func inTurn(lists [][]Attention) []Attention {
	out, seen := []Attention{}, map[string]bool{}
	for place := range attended {
		for _, list := range lists {
			if place >= len(list) || seen[list[place].CustomerID] || len(out) == attended {
				continue
			}
			seen[list[place].CustomerID] = true
			out = append(out, list[place])
		}
	}
	return out
}

// person reads a row of the statement for a reason.
func (v *view) person(reason string, row []any) Attention {
	p := Attention{CustomerID: text(row[0]), Name: text(row[1]), Reason: reason}
	amount := row[len(row)-1]
	if reason == "bigFirstOrder" {
		amount = row[2]
	} else {
		days := count(row[2])
		p.Days = &days
	}
	if alive, ok := row[3].(float64); ok {
		p.PAlive = &alive
	}
	if _, known := amount.(decimal.Decimal); known {
		m := v.money(amount)
		p.Amount = &m
	}
	return p
}
