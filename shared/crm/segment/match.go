package segment

import (
	"slices"
	"time"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/errs"
)

// Env is the world in which a rule is asked: the moment, and the workspace's zone and currency.
type Env struct {
	Now      time.Time
	Zone     *time.Location
	Currency string
}

// Event is something that a customer did, as reported through the API.
type Event struct {
	Type string
	At   time.Time
}

// Facts are what is known of one customer. Only what Needs asks for must be there: a nil Score holds no value, a nil function answers no.
type Facts struct {
	Customer *customer.Customer
	Orders   []order.Brief // in any order
	Events   []Event
	Score    *score.Score
	Response func(campaignID, kind string) bool
	Segment  func(id string) bool
}

// Needs is what a rule reads beside the customer, so that callers load no more.
type Needs struct {
	Orders, Events, Scores bool
	Campaigns              []string // whose responses it asks for, each once, sorted
	Segments               []string // whose members it asks for, each once, sorted
}

// Matcher decides a rule for one customer after another. It is safe for concurrent use, and never changes.
type Matcher struct {
	match test
	needs Needs
	rule  Rule
	env   Env
}

// test decides one node of the rule.
type test = func(*Facts) bool

// Compile makes a rule ready for use in an Env. It fails with rule_malformed on a tree that Parse would have refused.
func Compile(r Rule, env Env) (*Matcher, error) {
	c := compiler{env: env}
	m := &Matcher{match: c.rule(r), rule: r, env: env}
	if c.broken {
		return nil, errs.New(errs.Invalid, "rule_malformed")
	}
	slices.Sort(c.needs.Campaigns)
	slices.Sort(c.needs.Segments)
	c.needs.Campaigns = slices.Compact(c.needs.Campaigns)
	c.needs.Segments = slices.Compact(c.needs.Segments)
	m.needs = c.needs
	return m, nil
}

// Match says whether the customer is meant.
func (m *Matcher) Match(f *Facts) bool { return m.match(f) }

// Needs says what Match reads.
func (m *Matcher) Needs() Needs { return m.needs }

// NeedsOf says what a rule reads, without an Env.
func NeedsOf(r Rule) Needs {
	m, err := Compile(r, Env{Zone: time.UTC})
	if err != nil {
		return Needs{}
	}
	return m.needs
}

type compiler struct {
	env    Env
	needs  Needs
	broken bool
}

func (c *compiler) rule(r Rule) test {
	switch n := r.Node.(type) {
	case All:
		return every(each(n, c.rule))
	case Any:
		return either(each(n, c.rule))
	case Not:
		return not(c.rule(n.Rule))
	case Field:
		return c.field(n)
	case Tally:
		return c.tally(n)
	case Response:
		c.needs.Campaigns = append(c.needs.Campaigns, n.CampaignID)
		return func(f *Facts) bool { return f.Response != nil && f.Response(n.CampaignID, n.Kind) }
	case Segment:
		c.needs.Segments = append(c.needs.Segments, n.ID)
		return func(f *Facts) bool { return f.Segment != nil && f.Segment(n.ID) }
	default:
		return never[*Facts](c)
	}
}

func (c *compiler) field(n Field) test {
	if len(n.Path) > 6 && n.Path[:6] == "score." {
		c.needs.Scores = true
	}
	f, known := find(n.Path, ofCustomers)
	if !known {
		return never[*Facts](c)
	}
	switch f.Type {
	case Text:
		return on(text(n.Path), c.text(n))
	case Number:
		return on(scoreNumber(n.Path), c.number(n))
	case Money:
		return on(scoreMoney(n.Path), c.money(n))
	case Date:
		return on(customerMoment(n.Path, c.env.Zone), c.moment(n))
	case Bool:
		return on(notEnoughData, c.boolean(n))
	case Tags:
		return on(func(f *Facts) []string { return f.Customer.Tags }, c.tags(n))
	default:
		return on(customValue(n.Path), c.dynamic(n))
	}
}

// on asks about the value that get reads of what it is about.
func on[About, T any](get func(About) T, is func(T) bool) func(About) bool {
	return func(v About) bool { return is(get(v)) }
}
