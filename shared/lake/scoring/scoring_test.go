//go:build cgo

package scoring_test

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/lake/scoring"
)

// TestFactsOf: what is read of small shops, each a question of its own.
func TestFactsOf(t *testing.T) {
	w := newWorld(t)
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 3, 0, 0, 0, time.UTC) }
	minji, jun := customer.Customer{ID: "cus_minji"}, customer.Customer{ID: "cus_jun"}
	gone := customer.Customer{ID: "cus_gone", ArchivedAt: new(day(2, 1))}
	left := customer.Customer{ID: "cus_left", Consents: consent.States{"email.marketing": consent.Withdrawn}, ConsentsSince: consent.Since{"email.marketing": day(2, 3)}}
	blocked := customer.Customer{ID: "cus_blocked", Fields: customer.Fields{Tags: []string{"vip", "Blocked"}}}
	for name, s := range map[string]shop{
		"an empty lake":                               {},
		"customers without orders":                    {people: []customer.Customer{minji, jun}},
		"nothing of who is archived":                  {people: []customer.Customer{minji, gone}, orders: []sale{{"1", gone.ID, day(1, 5), 10_0000, "KRW"}, {"2", minji.ID, day(1, 5), 20_0000, "KRW"}}},
		"an order of nobody":                          {people: []customer.Customer{minji}, orders: []sale{{"1", "cus_nobody", day(1, 5), 10_0000, "KRW"}}},
		"a refund is a negative order":                {people: []customer.Customer{minji}, orders: []sale{{"1", minji.ID, day(1, 5), 10_0000, "KRW"}, {"2", minji.ID, day(1, 6), -10_0000, "KRW"}}},
		"two orders of one moment are two":            {people: []customer.Customer{minji}, orders: []sale{{"1", minji.ID, day(1, 5), 10_0000, "KRW"}, {"2", minji.ID, day(1, 5), 10_0000, "KRW"}}},
		"two currencies and none":                     {people: []customer.Customer{minji}, orders: []sale{{"1", minji.ID, day(1, 5), 10_0000, "KRW"}, {"2", minji.ID, day(1, 6), 99_9000, "USD"}, {"3", minji.ID, day(1, 7), 0, ""}}},
		"the last moment counts, the end does not":    {people: []customer.Customer{minji}, orders: []sale{{"1", minji.ID, until.Add(-time.Millisecond), 1_0000, "KRW"}, {"2", minji.ID, until, 2_0000, "KRW"}}},
		"who took everything back, and who is barred": {people: []customer.Customer{left, blocked}},
		"an opening counts from Answered on":          {people: []customer.Customer{minji}, answers: []answer{{minji.ID, "opened", answered.Add(-time.Millisecond)}, {minji.ID, "clicked", answered}, {minji.ID, "bought", answered}, {minji.ID, "opened", until}}},
		"a year of messages, answered by then": {people: []customer.Customer{minji}, messages: []message{
			{minji.ID, "", "email", until.AddDate(0, 0, -score.ResponseDays).Add(-time.Millisecond), time.Time{}},
			{minji.ID, "", "email", until.AddDate(0, 0, -score.ResponseDays), day(2, 3)}, {minji.ID, "", "sms", day(3, 1), until}, {minji.ID, "", "", day(3, 1), until}, {minji.ID, "", "email", until, until}}},
		"a campaign's cost is shared by all who got it": {people: []customer.Customer{minji, gone}, costs: map[string]cost{"cmp_a": {30_0000, "KRW"}, "cmp_b": {9_0000, "USD"}, "cmp_free": {0, "KRW"}}, messages: []message{
			{minji.ID, "cmp_a", "email", day(3, 1), time.Time{}}, {minji.ID, "cmp_a", "email", day(3, 2), time.Time{}}, {gone.ID, "cmp_a", "email", day(3, 1), time.Time{}},
			{minji.ID, "cmp_b", "email", day(3, 1), time.Time{}}, {minji.ID, "cmp_free", "email", day(3, 1), time.Time{}}}},
		"a wallet in the workspace's currency": {people: []customer.Customer{minji, jun}, wallets: map[string]cost{minji.ID: {500_0000, "KRW"}, jun.ID: {5_0000, "USD"}}},
		"an empty wallet":                      {people: []customer.Customer{minji, jun}, wallets: map[string]cost{minji.ID: {0, "KRW"}, jun.ID: {-5_0000, "KRW"}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got, want := w.read(t, s, true), s.naive(); !reflect.DeepEqual(got, want) {
				t.Errorf("got\n%+v, want\n%+v", got, want)
			}
		})
	}
}

// TestTheLakeSaysWhatACountByHandSays draws shops and compares; about half of their rows stand in parts, the rest in deltas.
func TestTheLakeSaysWhatACountByHandSays(t *testing.T) {
	w := newWorld(t)
	for seed := range uint64(8) {
		s := drawn(rand.New(rand.NewPCG(seed, 1)))
		if got, want := w.read(t, s, seed%2 == 0), s.naive(); !reflect.DeepEqual(got, want) {
			for i := range want {
				if i >= len(got) || !reflect.DeepEqual(got[i], want[i]) {
					t.Fatalf("seed %d: got\n%+v, want\n%+v", seed, got[min(i, len(got)-1)], want[i])
				}
			}
		}
	}
}

// TestOneReadingIsOfOneTenant: the same ids in another workspace change nothing.
func TestOneReadingIsOfOneTenant(t *testing.T) {
	w := newWorld(t)
	mine, other := drawn(rand.New(rand.NewPCG(1, 2))), drawn(rand.New(rand.NewPCG(3, 4)))
	w.write(t, shopTenant, mine, true)
	w.write(t, otherTenant, other, false)
	for tenant, s := range map[string]shop{shopTenant: mine, otherTenant: other} {
		if got, want := w.facts(t, tenant), s.naive(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %d facts, want %d, or others", tenant, len(got), len(want))
		}
	}
}

var question = scoring.Question{Until: until, Rules: rules, Wallet: scoring.Wallet{Key: "budget", Currency: "KRW"}, Answered: answered}
