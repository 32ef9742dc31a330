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
	with := func(email string, s consent.States, archived *time.Time) *customer.Customer {
		return &customer.Customer{Fields: customer.Fields{Email: email}, Consents: s, ArchivedAt: archived}
	}
	for name, c := range map[string]struct {
		customer   *customer.Customer
		suppressed bool
		want       string // "" is allow
	}{
		"granted, with an address":         {with("a@b.kr", granted, nil), false, ""},
		"gone":                             {nil, false, Archived},
		"archived comes before consent":    {with("a@b.kr", nil, &now), false, Archived},
		"silence is no":                    {with("a@b.kr", nil, nil), false, NoConsent},
		"withdrawn":                        {with("a@b.kr", consent.States{"email.marketing": consent.Withdrawn}, nil), true, NoConsent},
		"another channel does not help":    {with("a@b.kr", consent.States{"sms.marketing": consent.Granted}, nil), false, NoConsent},
		"suppressed":                       {with("a@b.kr", granted, nil), true, SuppressedHere},
		"no address":                       {with("", granted, nil), false, InvalidAddress},
		"an address that cannot be mailed": {with("nowhere", granted, nil), false, InvalidAddress},
	} {
		t.Run(name, func(t *testing.T) {
			got := MaySend(Facts{Customer: c.customer, Channel: consent.Email, Purpose: consent.Marketing, Suppressed: c.suppressed})
			if got.Reason != c.want || got.Allow != (c.want == "") {
				t.Errorf("got %+v, want reason %q", got, c.want)
			}
		})
	}
}
