package lifecycle_test

import (
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
)

var seoul = time.FixedZone("KST", 9*3600)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func bought(moment, total string) order.Sale {
	paid, err := money.Parse(total, "KRW")
	if err != nil {
		panic(err)
	}
	return order.SaleOf(&order.Brief{OrderedAt: at(moment), Total: paid})
}

// The last moment of March in Seoul counts, the first of April does not; a refund is no order.
func TestFactsAreOfTheEndOfTheDay(t *testing.T) {
	day := lifecycle.DayOf(at("2026-03-31T03:00:00Z"), seoul)
	p := lifecycle.Person{Responded: []time.Time{at("2026-04-01T00:00:00Z"), at("2026-03-21T00:00:00Z"), at("2026-03-01T00:00:00Z")}}
	got := day.Facts(&p, []order.Sale{bought("2026-03-31T14:59:59Z", "1000"), bought("2026-03-31T15:00:00Z", "1000"), bought("2026-01-01T00:00:00Z", "-5"), bought("2026-03-01T15:00:00Z", "0")})
	want := lifecycle.Facts{Responded: true, DaysSinceResponse: 10, Orders: 2, DaysSinceFirst: 29, DaysSinceLast: 0}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestWhatARecordSays(t *testing.T) {
	granted, withdrawn := consent.Granted, consent.Withdrawn
	since := consent.Since{"email.marketing": at("2026-03-10T00:00:00Z"), "sms.marketing": at("2026-02-01T00:00:00Z")}
	for name, c := range map[string]struct {
		customer customer.Customer
		want     lifecycle.Facts
	}{
		"said nothing":           {customer.Customer{}, lifecycle.Facts{}},
		"took all back":          {customer.Customer{Consents: consent.States{"email.marketing": withdrawn, "sms.marketing": withdrawn}, ConsentsSince: since}, lifecycle.Facts{Withdrawn: true}},
		"took one of two back":   {customer.Customer{Consents: consent.States{"email.marketing": withdrawn, "sms.marketing": granted}, ConsentsSince: since}, lifecycle.Facts{}},
		"took all back later":    {customer.Customer{Consents: consent.States{"email.marketing": withdrawn}, ConsentsSince: consent.Since{"email.marketing": at("2026-05-01T00:00:00Z")}}, lifecycle.Facts{}},
		"took it back long ago":  {customer.Customer{Consents: consent.States{"email.marketing": withdrawn}}, lifecycle.Facts{Withdrawn: true}},
		"is marked":              {customer.Customer{Fields: customer.Fields{LifecycleStage: "ChurnedForced"}}, lifecycle.Facts{Marked: lifecycle.ChurnedForced}},
		"has a word of the shop": {customer.Customer{Fields: customer.Fields{LifecycleStage: "buyer"}}, lifecycle.Facts{}},
		"has a tag":              {customer.Customer{Fields: customer.Fields{Tags: []string{"vip", "Blocked"}}}, lifecycle.Facts{ForcedTag: true}},
	} {
		t.Run(name, func(t *testing.T) {
			p := lifecycle.PersonOf(&c.customer, lifecycle.Usual())
			if got := lifecycle.DayOf(at("2026-03-31T03:00:00Z"), seoul).Facts(&p, nil); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestRanks(t *testing.T) {
	rank := lifecycle.Ranks([]float64{5, 1, 5, 3})
	for v, want := range map[float64]float64{5: 0.5, 3: 0.75, 1: 1} {
		if got := rank(v); got != want {
			t.Errorf("%v: got %v, want %v", v, got, want)
		}
	}
}
