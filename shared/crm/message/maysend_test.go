package message

import (
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
)

func TestMaySend(t *testing.T) {
	now := time.Unix(1_900_000_000, 0)
	granted := consent.States{"email.marketing": consent.Granted}
	bounced := &Suppression{Reason: "bounced", At: now.Add(-time.Hour)}
	unsubscribed := &Suppression{Reason: "unsubscribed", At: now.Add(-time.Hour)}
	with := func(email string, s consent.States, archived *time.Time) *customer.Customer {
		return &customer.Customer{Fields: customer.Fields{Email: email}, Consents: s, ArchivedAt: archived}
	}
	again := with("a@b.kr", granted, nil)
	again.ConsentsSince = consent.Since{"email.marketing": now}
	for name, c := range map[string]struct {
		customer   *customer.Customer
		suppressed *Suppression
		want       string // "" is allow
	}{
		"granted, with an address":             {with("a@b.kr", granted, nil), nil, ""},
		"gone":                                 {nil, nil, Archived},
		"archived comes before consent":        {with("a@b.kr", nil, &now), nil, Archived},
		"silence is no":                        {with("a@b.kr", nil, nil), nil, NoConsent},
		"withdrawn":                            {with("a@b.kr", consent.States{"email.marketing": consent.Withdrawn}, nil), bounced, NoConsent},
		"another channel does not help":        {with("a@b.kr", consent.States{"sms.marketing": consent.Granted}, nil), nil, NoConsent},
		"suppressed":                           {with("a@b.kr", granted, nil), bounced, SuppressedHere},
		"agreed anew after unsubscribing":      {again, unsubscribed, ""},
		"agreed anew, but the address bounces": {again, bounced, SuppressedHere},
		"no address":                           {with("", granted, nil), nil, InvalidAddress},
		"an address that cannot be mailed":     {with("nowhere", granted, nil), nil, InvalidAddress},
	} {
		t.Run(name, func(t *testing.T) {
			got := MaySend(Facts{Customer: c.customer, Channel: consent.Email, Purpose: consent.Marketing, Suppressed: c.suppressed})
			if got.Reason != c.want || got.Allow != (c.want == "") {
				t.Errorf("got %+v, want reason %q", got, c.want)
			}
		})
	}
}
