//go:build cgo

package scoring_test

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/compact"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/scoring"
	"github.com/dangol/dangol/shared/testkit/lakekit"
)

const (
	shopTenant  = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"
	otherTenant = "wsp_01KJQ6PSG02X9YPKYC3QEKNM4Q"
)

var (
	until    = time.Date(2026, 4, 1, 0, 0, 0, 0, time.FixedZone("KST", 9*60*60))
	answered = until.AddDate(0, -3, 0)
	rules    = lifecycle.Rules{ForcedTags: []string{"blocked"}}
)

// shop is all that happened in one workspace.
type shop struct {
	people   []customer.Customer
	orders   []sale
	answers  []answer
	messages []message
	costs    map[string]cost // of a campaign
	wallets  map[string]cost // of a customer
}

type (
	sale struct {
		id, customer string
		at           time.Time
		units        int64
		currency     string
	}
	answer struct {
		customer, kind string
		at             time.Time
	}
	message struct {
		customer, campaign, channel string
		delivered, clicked          time.Time
	}
	cost struct {
		units    int64
		currency string
	}
)

// world is an object store with the runner that reads it, and how many tenants it has.
type world struct {
	objects blob.Blob
	runner  *duck.Runner
	tenants int
}

// read writes the shop into a lake of its own and reads the facts.
func (w *world) read(t *testing.T, s shop, folded bool) []score.Input {
	w.tenants++
	tenant := fmt.Sprintf("wsp_%026d", w.tenants)
	w.write(t, tenant, s, folded)
	return w.facts(t, tenant)
}

func newWorld(t *testing.T) *world {
	t.Helper()
	b, r := lakekit.Bare(t)
	return &world{objects: b, runner: r}
}

// write puts every second row into a delta, and the others into one before, which is folded into parts if so wished.
func (w *world) write(t *testing.T, tenant string, s shop, folded bool) {
	t.Helper()
	var halves [2][]lake.Row
	for i, row := range s.rows() {
		halves[i%2] = append(halves[i%2], row)
	}
	for i, rows := range halves {
		if _, err := lake.WriteDelta(t.Context(), w.objects, tenant, rows); err != nil {
			t.Fatal(err)
		}
		if i == 0 && folded {
			if _, err := compact.Turn(t.Context(), w.objects, tenant, compact.Options{Now: time.Now, Dir: t.TempDir(), PartRows: 7}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// facts are in the order that naive gives them: what the engine may give in any order is sorted.
func (w *world) facts(t *testing.T, tenant string) []score.Input {
	t.Helper()
	l, err := w.runner.Lake(tenant, duck.Of(w.objects, tenant))
	if err != nil {
		t.Fatal(err)
	}
	facts, err := scoring.Facts(context.WithoutCancel(t.Context()), l, question)
	if err != nil {
		t.Fatal(err)
	}
	for i := range facts {
		sorted(&facts[i])
	}
	return facts
}

func sorted(in *score.Input) {
	slices.SortFunc(in.Orders, func(a, b order.Sale) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Units, b.Units), cmp.Compare(a.Currency.String(), b.Currency.String()))
	})
	slices.SortFunc(in.Person.Responded, time.Time.Compare)
}

func (s shop) rows() (out []lake.Row) {
	add := func(subject, id string, cells ...lake.Cell) {
		cells = slices.DeleteFunc(cells, func(c lake.Cell) bool { at, dated := c.Value.(time.Time); return c.Value == "" || dated && at.IsZero() })
		out = append(out, lake.Row{Subject: subject, ID: id, Version: 1, At: until, Cells: cells})
	}
	for _, c := range s.people {
		cells := []lake.Cell{{Column: "lifecycleStage", Value: c.LifecycleStage}}
		if len(c.Tags) > 0 {
			cells = append(cells, lake.Cell{Column: "tags", Value: c.Tags})
		}
		if c.ArchivedAt != nil {
			cells = append(cells, lake.Cell{Column: "archivedAt", Value: *c.ArchivedAt})
		}
		if w, known := s.wallets[c.ID]; known {
			cells = append(cells, lake.Cell{Column: "custom.budget.amount", Value: lake.Units(w.units)}, lake.Cell{Column: "custom.budget.currency", Value: w.currency})
		}
		for slot, state := range c.Consents {
			cells = append(cells, lake.Cell{Column: "consents." + slot, Value: string(state)})
			add("consents", c.ID+slot, lake.Cell{Column: "customerId", Value: c.ID}, lake.Cell{Column: "at", Value: c.ConsentsSince[slot]})
			add("consents", c.ID+slot+"-before", lake.Cell{Column: "customerId", Value: c.ID}, lake.Cell{Column: "at", Value: c.ConsentsSince[slot].Add(-time.Hour)})
		}
		add("customers", c.ID, cells...)
	}
	for _, o := range s.orders {
		add("orders", o.id, lake.Cell{Column: "customerId", Value: o.customer}, lake.Cell{Column: "orderedAt", Value: o.at.UTC()},
			lake.Cell{Column: "total.amount", Value: lake.Units(o.units)}, lake.Cell{Column: "total.currency", Value: o.currency})
	}
	for i, a := range s.answers {
		add("responses", fmt.Sprint("rsp", i), lake.Cell{Column: "customerId", Value: a.customer}, lake.Cell{Column: "kind", Value: a.kind}, lake.Cell{Column: "at", Value: a.at.UTC()})
	}
	for i, m := range s.messages {
		add("messages", fmt.Sprint("msg", i), lake.Cell{Column: "customerId", Value: m.customer}, lake.Cell{Column: "campaignId", Value: m.campaign}, lake.Cell{Column: "channel", Value: m.channel},
			lake.Cell{Column: "plannedAt", Value: m.delivered.UTC()}, lake.Cell{Column: "deliveredAt", Value: m.delivered.UTC()}, lake.Cell{Column: "clickedAt", Value: m.clicked.UTC()})
	}
	for id, c := range s.costs {
		add("campaigns", id, lake.Cell{Column: "cost.amount", Value: lake.Units(c.units)}, lake.Cell{Column: "cost.currency", Value: c.currency})
	}
	return out
}

// naive counts by hand, one customer after the other.
func (s shop) naive() []score.Input {
	out := []score.Input{}
	for i := range s.people {
		if c := &s.people[i]; c.ArchivedAt == nil {
			out = append(out, s.input(c))
		}
	}
	slices.SortFunc(out, func(a, b score.Input) int { return cmp.Compare(a.CustomerID, b.CustomerID) })
	return out
}

func (s shop) input(c *customer.Customer) score.Input {
	in := score.Input{CustomerID: c.ID, CampaignCosts: s.spent(c.ID), Contacts: s.contacts(c.ID)}
	said := *c
	for _, state := range c.Consents {
		if state != consent.Withdrawn { // when is asked of those alone who took everything back
			said.ConsentsSince = nil
		}
	}
	in.Person = lifecycle.PersonOf(&said, rules)
	for _, o := range s.orders {
		if o.customer == c.ID && o.at.Before(until) {
			in.Orders = append(in.Orders, order.Sale{At: o.at.UnixMilli(), Units: o.units, Currency: order.CodeOf(o.currency)})
		}
	}
	for _, a := range s.answers {
		if a.customer == c.ID && (a.kind == "opened" || a.kind == "clicked") && !a.at.Before(answered) && a.at.Before(until) {
			in.Person.Responded = append(in.Person.Responded, time.UnixMilli(a.at.UnixMilli()))
		}
	}
	if w := s.wallets[c.ID]; w.units > 0 && w.currency == "KRW" {
		in.TotalSpend = w.units
	}
	sorted(&in)
	return in
}

// spent shares each campaign's cost out over what was delivered of it. Both sides add up floats: the shops are the same in every run, and none of them has a sum
// so near to half a unit that the order of adding would tell.
func (s shop) spent(id string) (out []score.Cost) {
	sums := map[string]float64{}
	for campaign, c := range s.costs {
		var all, mine float64
		for _, m := range s.messages {
			if m.campaign == campaign && m.delivered.Before(until) {
				all++
				if m.customer == id {
					mine++
				}
			}
		}
		if c.units > 0 && mine > 0 {
			sums[c.currency] += float64(c.units) * mine / all
		}
	}
	for currency, sum := range sums {
		out = append(out, score.Cost{Units: int64(math.Round(sum)), Currency: order.CodeOf(currency)})
	}
	slices.SortFunc(out, func(a, b score.Cost) int { return cmp.Compare(a.Currency.String(), b.Currency.String()) })
	return out
}

func (s shop) contacts(id string) (out []score.Contacts) {
	counts := map[string]score.Contacts{}
	for _, m := range s.messages {
		if m.customer != id || m.channel == "" || m.delivered.Before(until.AddDate(0, 0, -score.ResponseDays)) || !m.delivered.Before(until) {
			continue
		}
		c := counts[m.channel]
		c.Channel = consent.Channel(m.channel)
		c.Delivered++
		if !m.clicked.IsZero() && m.clicked.Before(until) {
			c.Responses++
		}
		counts[m.channel] = c
	}
	for _, c := range counts {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b score.Contacts) int { return cmp.Compare(a.Channel, b.Channel) })
	return out
}

// drawn is a shop of chance: some forty customers, a third of them without an order, days on both sides of every edge.
func drawn(r *rand.Rand) (s shop) {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	edges := []time.Time{until, answered, until.AddDate(0, 0, -score.ResponseDays)}
	at := func() time.Time {
		return edges[r.IntN(len(edges))].Add(time.Duration(r.IntN(200)-150) * 12 * time.Hour).Add(-time.Duration(r.IntN(2)) * time.Millisecond)
	}
	s.costs, s.wallets = map[string]cost{"cmp_a": {100_0000, "KRW"}, "cmp_b": {12_3456, "USD"}, "cmp_c": {7_0000, "KRW"}}, map[string]cost{}
	for i := range 40 {
		c := customer.Customer{ID: fmt.Sprintf("cus_%02d", r.IntN(50)*50+i), Fields: customer.Fields{LifecycleStage: pick("", "", "churnedForced", "Friend")}}
		if r.IntN(4) == 0 {
			c.Tags = []string{pick("vip", "BLOCKED"), pick("blocked", "new")}
		}
		for _, slot := range []string{"email.marketing", "sms.service"} {
			if r.IntN(2) == 0 {
				if c.Consents == nil {
					c.Consents, c.ConsentsSince = consent.States{}, consent.Since{}
				}
				c.Consents[slot], c.ConsentsSince[slot] = consent.State(pick("granted", "withdrawn", "withdrawn")), at().Truncate(time.Second)
			}
		}
		if r.IntN(6) == 0 {
			c.ArchivedAt = new(at())
		}
		if r.IntN(3) == 0 {
			s.wallets[c.ID] = cost{int64(r.IntN(100)-10) * 1_0000, pick("KRW", "USD")}
		}
		s.people = append(s.people, c)
		for range r.IntN(3) * r.IntN(4) {
			s.orders = append(s.orders, sale{fmt.Sprint("ord", len(s.orders)), c.ID, at(), int64(r.IntN(900_000) - 100_000), pick("KRW", "KRW", "USD", "")})
		}
		for range r.IntN(4) {
			s.answers = append(s.answers, answer{c.ID, pick("opened", "clicked", "bought", "bounced"), at()})
			s.messages = append(s.messages, message{c.ID, pick("cmp_a", "cmp_b", "cmp_c", "cmp_none"), pick("email", "sms", ""), at(), []time.Time{{}, at()}[r.IntN(2)]})
		}
	}
	return s
}
