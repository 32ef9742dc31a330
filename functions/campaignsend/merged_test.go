package campaignsend

import (
	"slices"
	"testing"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/merge"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
)

// merge makes the other customer part of the first, as the records are changed at once; what hangs on them has yet to move.
func (s *story) merge(this, other string) {
	s.Helper()
	both, err := s.t.CustomersByID(s.Context(), []string{this, other})
	if err != nil {
		s.Fatal(err)
	}
	one, two := both[0], both[1]
	is := *one
	is.Consents, is.ConsentsSince = merge.Consents(one, two)
	is.Merged, is.Known = append(slices.Clone(one.Merged), other), merge.Known(one, two, is.Fields)
	tx := s.t.Begin()
	tx.MergeCustomers(&merge.Merge{ID: s.t.NewID(id.Merge), CustomerID: this, MergedID: other, Status: merge.Moving}, one, &is, two)
	if err := tx.Commit(s.Context()); err != nil {
		s.Fatal(err)
	}
}

// Messages that wait for a customer who is merged meanwhile go by the one who stays.
func TestAMessageToAMergedCustomer(t *testing.T) {
	const stays, joins = 0, 1
	for name, c := range map[string]struct {
		audience []int
		before   consent.State // of the one who stays
		books    string
		mails    map[string]int
	}{
		"nobody gets two of a campaign":               {[]int{stays, joins}, consent.Granted, "accepted:1 planned:2 skipped:1 skippedBy.merged:1", map[string]int{"c0@mail.test": 1}},
		"it goes to the address of the one who stays": {[]int{joins}, consent.Granted, "accepted:1 planned:1", map[string]int{"c0@mail.test": 1}},
		"and by their consent":                        {[]int{joins}, consent.Withdrawn, "planned:1 skipped:1 skippedBy.noConsent:1", map[string]int{}},
	} {
		t.Run(name, func(t *testing.T) {
			kit := campaignkit.New(t)
			s := &story{T: t, kit: kit, t: kit.Tenant(t, "a"), mail: &provider{got: map[string]int{}}}
			kit.Env.Mail = s.mail
			s.w = New(kit.Env)
			people := kit.Customers(t, s.t, 2, func(i int, is *customer.Customer) {
				if i == stays {
					is.Consents = consent.States{"email.marketing": c.before}
				}
			})
			var audience []string
			for _, i := range c.audience {
				audience = append(audience, people[i])
			}
			s.id, s.calls = kit.Campaign(t, s.t, audience, campaign.Plan{})
			s.merge(people[stays], people[joins])
			s.run()
			s.wants(c.books)
			if len(s.mail.got) != len(c.mails) || s.mail.got["c0@mail.test"] != c.mails["c0@mail.test"] {
				t.Errorf("sent to %v, want %v", s.mail.got, c.mails)
			}
			err := s.t.EachMessage(t.Context(), s.id, 0, func(m *message.Message) (bool, error) {
				if m.CustomerID != people[stays] {
					t.Errorf("%s (%s) is still of the one who was merged", m.ID, m.State)
				}
				return true, nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}
