// Package life is a shop in which things happen at random, each by a transaction of the store: what the lake says of it can be held to the table.
package life

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// Life is the shop of one tenant. It belongs to one goroutine.
type Life struct {
	t         testing.TB
	p         *testenv.Place
	s         *store.Tenant
	luck      *rand.Rand
	campaign  string
	customers []*customer.Customer
	leads     []*lead.Lead
	orders    []*order.Order
	messages  []message.Message
}

// Begin opens the shop of a tenant in a place, with one campaign.
func Begin(t testing.TB, p *testenv.Place, tenant string, luck *rand.Rand) *Life {
	t.Helper()
	l := &Life{t: t, p: p, s: p.DB.Tenant(tenant).As("usr_01JD0000000000000000000003"), luck: luck}
	c := &campaign.Campaign{ID: l.s.NewID(id.Campaign)}
	c.Name, c.Type, c.Channel = "봄", campaign.Target, message.Email
	l.tx(func(x *store.Tx) { x.CreateCampaign(c) })
	l.campaign = c.ID
	return l
}

// Go lets so many things happen, each some hours after the one before.
func (l *Life) Go(things int) {
	l.t.Helper()
	for range things {
		l.p.Time.Advance(time.Duration(l.luck.IntN(int(3 * time.Hour))))
		l.happens()
	}
}

func (l *Life) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *Life) tx(f func(x *store.Tx)) {
	l.t.Helper()
	x := l.s.Begin()
	f(x)
	l.must(x.Commit(l.t.Context()))
}

func pick[T any](luck *rand.Rand, from []T) (at int, v T) {
	at = luck.IntN(len(from))
	return at, from[at]
}

func (l *Life) happens() {
	switch n := l.luck.IntN(24); {
	case n < 4 || len(l.customers) < 3:
		l.arrives()
	case n < 9 || len(l.orders) == 0:
		l.orders = append(l.orders, l.buys())
	case n < 13:
		l.changesOrder()
	case n < 14:
		at, o := pick(l.luck, l.orders)
		l.tx(func(x *store.Tx) { x.EraseOrder(o) })
		l.orders = append(l.orders[:at], l.orders[at+1:]...)
	case n < 16:
		l.changesCustomer()
	case n < 17:
		l.leaves()
	case n < 18:
		l.isPlanned()
	case n < 19:
		_, c := pick(l.luck, l.customers)
		l.tx(func(x *store.Tx) {
			x.PutScore(store.ScoredCustomer{CustomerID: c.ID, Score: score.Score{AsOf: "2026-03-02", NotEnoughData: l.luck.IntN(2) == 0}}, nil)
		})
	case n < 22:
		l.isWrittenTo()
	default:
		l.mayBecomeOne()
	}
}

// mayBecomeOne lets a lead come, change or go.
func (l *Life) mayBecomeOne() {
	if len(l.leads) < 2 || l.luck.IntN(2) == 0 {
		who := &lead.Lead{ID: l.s.NewID(id.Lead), Fields: lead.Fields{Name: fmt.Sprintf("관심 %d", l.luck.IntN(9)), Status: lead.New}}
		l.tx(func(x *store.Tx) { x.CreateLead(who) })
		l.leads = append(l.leads, who)
		return
	}
	at, who := pick(l.luck, l.leads)
	if l.luck.IntN(3) == 0 {
		l.tx(func(x *store.Tx) { x.EraseLead(who) })
		l.leads = append(l.leads[:at], l.leads[at+1:]...)
		return
	}
	who.Status = lead.Working
	l.tx(func(x *store.Tx) { x.SaveLead(who, []string{"status"}) })
}

func (l *Life) arrives() {
	c := &customer.Customer{ID: l.s.NewID(id.Customer), Fields: customer.Fields{Name: fmt.Sprintf("손님 %d", l.luck.IntN(9)), Tags: []string{"vip"}}}
	if n := l.luck.IntN(4); n > 1 {
		c.Custom = map[string]any{"size": []any{42.5, "large"}[n-2]}
	}
	l.tx(func(x *store.Tx) { x.CreateCustomer(c) })
	l.customers = append(l.customers, c)
}

func (l *Life) changesCustomer() {
	at, c := pick(l.luck, l.customers)
	if l.luck.IntN(2) == 0 {
		said := consent.Consent{ID: l.s.NewID(id.Consent), Channel: consent.Email, Purpose: consent.Marketing, State: consent.Granted, At: l.s.Now().AddDate(-1, 0, 0)}
		l.tx(func(x *store.Tx) { l.customers[at] = x.RecordConsent(c, said) })
		return
	}
	is := *c
	is.Name = fmt.Sprintf("손님 %d", l.luck.IntN(1000))
	l.tx(func(x *store.Tx) { x.SaveCustomer(c, &is) })
	l.customers[at] = &is
}

// leaves archives a customer, or removes one with all that is theirs.
func (l *Life) leaves() {
	at, c := pick(l.luck, l.customers)
	if l.luck.IntN(2) == 0 {
		l.tx(func(x *store.Tx) { x.ArchiveCustomer(c) })
	} else {
		l.must(l.s.PurgeCustomer(l.t.Context(), c))
	}
	l.customers = append(l.customers[:at], l.customers[at+1:]...)
}

// anOrder is one of any of the customers in any of four months.
func (l *Life) anOrder(orderID string) *order.Order {
	_, c := pick(l.luck, l.customers)
	won := money.Money{Amount: decimal.NewFromInt(l.luck.Int64N(90000)), Currency: "KRW"}
	o := &order.Order{ID: orderID, CustomerID: c.ID, OrderedAt: testenv.Start().AddDate(0, l.luck.IntN(4), l.luck.IntN(20)), Total: won}
	for range l.luck.IntN(4) {
		o.Lines = append(o.Lines, order.Line{Name: fmt.Sprintf("원두 %d", l.luck.IntN(9)), Quantity: decimal.NewFromInt(1), UnitPrice: won})
	}
	return o
}

func (l *Life) buys() *order.Order {
	o := l.anOrder(l.s.NewID(id.Order))
	l.tx(func(x *store.Tx) { x.CreateOrder(o) })
	return o
}

func (l *Life) changesOrder() {
	at, was := pick(l.luck, l.orders)
	is := l.anOrder(was.ID)
	is.CreatedAt = was.CreatedAt
	l.tx(func(x *store.Tx) { x.SaveOrder(was, is) })
	l.orders[at] = is
}

// isPlanned plans another campaign, launches or changes the one that there is, or takes a note.
func (l *Life) isPlanned() {
	c, ctl, err := l.s.Campaign(l.t.Context(), l.campaign)
	l.must(err)
	switch l.luck.IntN(4) {
	case 0:
		l.tx(func(x *store.Tx) { x.CreateCampaign(&campaign.Campaign{ID: l.s.NewID(id.Campaign)}) })
	case 1:
		c.Notes = fmt.Sprint(l.luck.IntN(1000))
		l.tx(func(x *store.Tx) { x.SaveCampaign(c, []string{"notes"}) })
	case 2:
		ctl.Reason = fmt.Sprint(l.luck.IntN(1000))
		l.tx(func(x *store.Tx) { x.SaveControl(c.ID, ctl) })
	default:
		_, to := pick(l.luck, l.customers)
		l.tx(func(x *store.Tx) {
			x.Tell(to.ID, timeline.Entry{ID: l.s.NewID(id.Note), Type: timeline.Noted, At: l.s.Now(), Data: map[string]any{"text": "안녕"}})
		})
	}
}

func (l *Life) isWrittenTo() {
	x := l.s.BeginChunk(l.campaign, 0)
	if len(l.messages) == 0 || l.luck.IntN(3) == 0 {
		_, c := pick(l.luck, l.customers)
		m := message.Message{ID: l.s.NewID(id.Message), CampaignID: l.campaign, CustomerID: c.ID, Channel: message.Email, State: message.Planned, PlannedAt: l.s.Now()}
		x.Plan(&m)
		l.messages = append(l.messages, m)
	} else {
		at, was := pick(l.luck, l.messages)
		is := was
		is.Attempt++
		_, k := pick(l.luck, message.Kinds)
		is.Respond(k, l.s.Now())
		x.Move(&was, &is)
		l.messages[at] = is
	}
	l.must(x.Commit(l.t.Context()))
}

// Feed reads what came to the feed since it was last read, of all tenants of the place.
func (l *Life) Feed() (all []feed.Record) {
	last := table.Key{PK: "last", SK: l.s.NewID(id.Event)}
	l.must(l.p.Table.Write(l.t.Context(), table.Op{Table: table.Ops, Item: table.Item{Key: last}}))
	ctx, stop := context.WithCancel(l.t.Context())
	l.must(l.p.Engine.Run(ctx, "test", func(_ context.Context, batch []feed.Record) (int, error) {
		for _, r := range batch {
			if r.Key() == last {
				stop()
			} else {
				all = append(all, r)
			}
		}
		return len(batch), nil
	}))
	return all
}
