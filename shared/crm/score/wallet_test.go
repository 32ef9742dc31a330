package score_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
)

// Shares by hand, of a total of 1,000 won a year: what was bought in the 365 days up to the as-of day, in won, less refunds.
func TestShareOfWallet(t *testing.T) {
	won, dollars := order.CodeOf("KRW"), order.CodeOf("USD")
	day := func(ago int) int64 { // noon in Seoul
		y, m, d := asOf.In(seoul).Date()
		return time.Date(y, m, d-ago, 12, 0, 0, 0, seoul).UnixMilli()
	}
	sale := func(ago int, amount int64, code order.Code) order.Sale {
		return order.Sale{At: day(ago), Units: amount * 1e4, Currency: code}
	}
	for name, c := range map[string]struct {
		total  int64
		orders []order.Sale
		want   string // share, spent; "" for none
		beyond bool
	}{
		"a quarter":                        {1000, []order.Sale{sale(3, 200, won), sale(364, 50, won)}, "0.25 250", false},
		"the day before the year":          {1000, []order.Sale{sale(365, 500, won), sale(0, 100, won)}, "0.10 100", false},
		"after the as-of day":              {1000, []order.Sale{sale(-1, 500, won)}, "0.00 0", false},
		"a refund":                         {1000, []order.Sale{sale(3, 300, won), sale(2, -100, won)}, "0.20 200", false},
		"more refunded than bought since":  {1000, []order.Sale{sale(400, 300, won), sale(2, -100, won)}, "0.00 -100", false},
		"dollars are never added":          {1000, []order.Sale{sale(3, 100, won), sale(2, 900, dollars)}, "0.10 100", false},
		"who never bought":                 {1000, nil, "0.00 0", false},
		"more than the field says":         {1000, []order.Sale{sale(3, 1500, won)}, "1.00 1500", true},
		"nobody knows what they spend":     {0, []order.Sale{sale(3, 1500, won)}, "", false},
		"less than nothing is not a total": {-5, []order.Sale{sale(3, 1500, won)}, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			scores, _ := compute(asOf, seoul, "KRW", []score.Input{{Orders: c.orders, TotalSpend: c.total * 1e4}})
			got := scores[0].ShareOfWallet
			if got == nil || c.want == "" {
				if got != nil || c.want != "" {
					t.Errorf("got %+v, want %q", got, c.want)
				}
				return
			}
			if said := fmt.Sprintf("%.2f %s", got.Share, got.Spent.Text()); said != c.want || got.Beyond != c.beyond || got.Total.Text() != "1000" {
				t.Errorf("got %s, %+v, want %s, beyond: %v", said, got, c.want, c.beyond)
			}
		})
	}
}
