// Package demo makes the removable sample data of a new workspace: a year of a small coffee roaster in Seoul, with customers who come back, some who
// stopped, and some who have just found it. The same workspace always gets the same records under the same ids, so that adding twice adds once and
// removing needs no list.
//
// All addresses are of example.com (RFC 2606): nobody is there.
package demo

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/product"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/id"
)

// Customers is how many customers there are.
const Customers = 60

// Data is the sample data of one workspace, every record marked Sample.
type Data struct {
	Products  []*product.Product
	Customers []Customer
	Orders    []*order.Order // of the last 12 months, oldest first
	Segments  []*segments.Segment
	Ideas     []Idea
}

// Customer is a customer with what they said about being contacted.
type Customer struct {
	*customer.Customer
	Said []consent.Consent
}

// Idea is a template to begin with: a Liquid source in the workspace's language.
type Idea struct{ Name, Subject, Source string }

// IDs are the ids of all sample records that a workspace can have, whenever they were added.
type IDs struct{ Products, Customers, Orders, Segments []string }

// IDsOf returns those of a workspace.
func IDsOf(tenant string) IDs {
	list := func(p id.Prefix, n int) []string {
		ids := make([]string, n)
		for i := range ids {
			ids[i] = sampleID(tenant, p, i)
		}
		return ids
	}
	return IDs{list(id.Product, len(goods)), list(id.Customer, Customers), list(id.Order, Customers*MostOrders), list(id.Segment, len(rules))}
}

// sampleID is the id that the n-th sample record of a kind always has in a workspace.
func sampleID(tenant string, p id.Prefix, n int) string {
	return id.Derived(p, tenant, "sample", string(p), strconv.Itoa(n))
}

// maker makes one workspace's data.
type maker struct {
	w    *workspace.Workspace
	now  time.Time
	rand *rand.Rand // of the customer at hand
	say  language
}

// Make returns the data of a workspace: in its language, currency and zone, seen from now.
func Make(w *workspace.Workspace, now time.Time) *Data {
	m := &maker{w: w, now: now.UTC().Truncate(time.Millisecond), say: languageOf(w.Language)}
	d := &Data{Products: m.products(), Segments: m.segments(), Ideas: m.say.ideas}
	for i := range Customers {
		m.rand = rand.New(rand.NewPCG(2026, uint64(i)))
		c := m.customer(i)
		d.Customers = append(d.Customers, c)
		d.Orders = append(d.Orders, m.ordersOf(i, d.Products, c.ID)...)
	}
	slices.SortStableFunc(d.Orders, func(a, b *order.Order) int { return a.OrderedAt.Compare(b.OrderedAt) })
	return d
}

func (m *maker) id(p id.Prefix, n int) string { return sampleID(m.w.ID, p, n) }

func (m *maker) products() []*product.Product {
	out := make([]*product.Product, len(goods))
	for i, g := range goods {
		out[i] = &product.Product{ID: m.id(id.Product, i), Sample: true,
			Fields: product.Fields{Name: m.say.goods[i], Category: m.say.categories[g.category], Price: m.price(g.won)}}
	}
	return out
}

func (m *maker) segments() []*segments.Segment {
	out := make([]*segments.Segment, len(m.say.segments))
	for i, s := range m.say.segments {
		out[i] = &segments.Segment{ID: m.id(id.Segment, i), Sample: true,
			Fields: segments.Fields{Name: s.name, Description: s.why, Rule: []byte(rules[i]), Membership: segments.Live}}
	}
	return out
}

// rules are those of the segments, in the order of their names.
var rules = []string{
	`{"orders":{"count":["gte",3],"inLast":"P90D"}}`,
	`{"all":[{"orders":{"count":["gte",2]}},{"not":{"orders":{"count":["gte",1],"inLast":"P120D"}}}]}`,
}

// customer makes the i-th customer. Two in three agreed to e-mail, one in three to text messages, and a few took it back.
func (m *maker) customer(i int) Customer {
	family, given := i%len(m.say.families), (i*7)%len(m.say.givens)
	born := time.Date(1962+m.rand.IntN(42), time.Month(1+m.rand.IntN(12)), 1+m.rand.IntN(28), 0, 0, 0, 0, time.UTC)
	c := &customer.Customer{ID: m.id(id.Customer, i), Sample: true, Fields: customer.Fields{
		Kind: customer.Consumer, Name: m.say.name(m.say.families[family], m.say.givens[given]), Email: mailbox(family, given, i),
		Phone: "+8210" + strconv.Itoa(10_000_000+i*137), BirthDate: born.Format(time.DateOnly), Gender: []string{"female", "male"}[given%2],
		Address: customer.Address{City: m.say.city, Region: m.say.districts[m.rand.IntN(len(m.say.districts))], Country: "KR"},
		Tags:    []string{m.say.habits[habitOf(i).name]},
	}}
	said := m.consents(i)
	c.Consents, c.ConsentsSince = consent.Fold(said)
	return Customer{c, said}
}

func (m *maker) consents(i int) []consent.Consent {
	joined := m.now.AddDate(0, -11, -m.rand.IntN(20))
	say := func(n int, ch consent.Channel, s consent.State, at time.Time) consent.Consent {
		return consent.Consent{ID: m.id(id.Consent, 10*i+n), Channel: ch, Purpose: consent.Marketing, State: s, Source: "sample", Wording: m.say.wording, At: at}
	}
	var out []consent.Consent
	if i%3 != 2 {
		out = append(out, say(0, consent.Email, consent.Granted, joined))
	}
	if i%3 == 0 {
		out = append(out, say(1, consent.SMS, consent.Granted, joined))
	}
	if i%20 == 7 {
		out = append(out, say(2, consent.Email, consent.Withdrawn, joined.AddDate(0, 5, 0)))
	}
	return out
}

// mailbox is the same in every language, and different for each customer.
func mailbox(family, given, i int) string {
	en := languageOf("en")
	return en.givens[given] + "." + en.families[family] + strconv.Itoa(i+1) + "@example.com"
}
