//go:build cgo

package rules_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/segment"
)

// generator draws people and rules from one small world, so that rules meet people often, and their edges too.
type generator struct {
	*rand.Rand
	env      segment.Env
	segments map[string]segment.Rule
}

var (
	segmentIDs = []string{"seg_1", "seg_2", "seg_3", "seg_4", "seg_5", "seg_6"}
	words      = []string{"", "서울", "부산", "vip", "VIP", "Vip ", "각", "\u1100\u1161\u11a8", "가", "Straße", "STRASSE", "İ", "i̇", "a", "A'b", `"x"`, "%", "_", "1", "1.0", "2", "true", "2026-11-01", "é", "e\u0301", "10", " 7 ", "1e3", "inf", "NaN", "-0", "0x10"}
	periods    = []string{"P1D", "P7D", "P90D", "P1M", "P1Y", "PT24H", "PT1H30M", "P2W", "P1DT12H"}
	numbers    = []string{"0", "1", "2", "3", "5", "0.5", "-1", "1e3", "1.00", "2.5", "100000", "0.1", "1e20", "1e-7"}
	amounts    = []string{"0", "1000", "12500.5", "12500.50005", "-300", "99999999", "0.0001", "0.00001", "1e29", "-1e29", "25000"}
	currencies = []string{"KRW", "USD", "", "KRW", "KRW"}
	campaigns  = []string{"cmp_1", "cmp_2"}
	kinds      = []string{"opened", "clicked", "bought"}
	eventTypes = []string{"login", "visit"}
)

func pick[T any](g *generator, list []T) T { return list[g.IntN(len(list))] }

func (g *generator) chance(p float64) bool { return g.Float64() < p }

// at is a moment within two years, often at the edge of a day, of the zone or of a period.
func (g *generator) at() time.Time {
	t := now.Add(-time.Duration(g.Int64N(int64(2 * 365 * 24 * time.Hour)))).Truncate(time.Millisecond)
	if g.chance(0.4) {
		y, m, d := t.In(g.env.Zone).Date()
		t = time.Date(y, m, d, 0, 0, 0, 0, g.env.Zone).Add(time.Duration(g.IntN(3)-1) * time.Millisecond)
	}
	if g.chance(0.1) {
		t = now.Add(time.Duration(g.IntN(3)-1) * time.Millisecond)
	}
	return t.UTC()
}

func (g *generator) date() string { return g.at().In(g.env.Zone).Format(time.DateOnly) }

func (g *generator) list(words []string) (out []string) {
	for range g.IntN(4) {
		out = append(out, pick(g, words))
	}
	return out
}

func (g *generator) money() money.Money {
	code := pick(g, currencies)
	if code == "" {
		return money.Money{}
	}
	return money.Money{Amount: decimal.RequireFromString(pick(g, []string{"0", "1000", "12500.5", "-300", "99999999", "0.0001", "25000"})), Currency: code}
}

func (g *generator) person(i int) person {
	p := person{customer: g.customer(i), responses: map[[2]string]bool{}}
	for range g.IntN(6) {
		p.orders = append(p.orders, order.Brief{OrderedAt: g.at(), Total: g.money(), Products: g.list(words), Channel: pick(g, words), CampaignID: pick(g, words)})
	}
	for range g.IntN(4) {
		p.events = append(p.events, segment.Event{Type: pick(g, eventTypes), At: g.at()})
	}
	for range g.IntN(3) {
		p.responses[[2]string{pick(g, campaigns), pick(g, kinds)}] = true
	}
	if g.chance(0.7) {
		p.score = g.score()
	}
	return p
}

func (g *generator) customer(i int) *customer.Customer {
	c := &customer.Customer{ID: fmt.Sprintf("cus_%04d", i), CreatedAt: g.at(), UpdatedAt: g.at()}
	c.Kind, c.Name, c.Email, c.Phone, c.Gender = customer.Kind(pick(g, words)), pick(g, words), pick(g, words), pick(g, words), pick(g, words)
	c.Address = customer.Address{Region: pick(g, words), City: pick(g, words), Country: pick(g, words)}
	c.ExternalID, c.LifecycleStage, c.Tags = pick(g, words), pick(g, words), g.list(words)
	if g.chance(0.7) {
		c.BirthDate = g.date()
	}
	c.Consents = consent.States{}
	for _, ch := range []consent.Channel{consent.Email, consent.SMS} {
		if g.chance(0.6) {
			c.Consents[consent.Slot(ch, consent.Marketing)] = pick(g, []consent.State{consent.Granted, consent.Withdrawn})
		}
	}
	c.Custom = g.custom()
	if g.chance(0.1) {
		at := g.at()
		c.ArchivedAt = &at
	}
	return c
}

// custom fields have one type each: what the lake makes of others is said in duck.
func (g *generator) custom() map[string]any {
	out := map[string]any{}
	for key, draw := range map[string]func() any{
		"number": func() any { return pick(g, []float64{0, 1, 2, 2.5, 1000, 1e20, 1.5e21, 1e-7, -3, 1234567.125, 1e16}) },
		"text":   func() any { return pick(g, words) },
		"date": func() any {
			return pick(g, []string{g.date(), g.at().Format(time.RFC3339Nano), "soon", "2026-02-30", "2026-1-1"})
		},
		"flag": func() any { return g.chance(0.5) },
		"list": func() any { return g.list(words) },
		"money": func() any {
			return customer.Amount(money.Money{Amount: g.money().Amount, Currency: pick(g, []string{"KRW", "KRW", "USD"})})
		},
		"kinds": func() any { // nobody defined this one either: a text, a number or a list of texts
			return []any{pick(g, words), pick(g, []float64{0, 2, 2.5, -3, 1000}), g.list(words)}[g.IntN(3)]
		},
		"several": func() any { // a list, or one number
			if g.chance(0.5) {
				return pick(g, []float64{0, 2, 2.5, -3, 1e20, 1e-7})
			}
			return g.list(words)
		},
		"mixed": func() any { // a key that nobody defined: an amount here, a text there
			if g.chance(0.5) {
				return customer.Amount(money.Money{Amount: g.money().Amount, Currency: "KRW"})
			}
			return pick(g, words)
		},
	} {
		if g.chance(0.7) {
			out[key] = draw()
		}
	}
	return out
}

func (g *generator) score() *score.Score {
	s := &score.Score{NotEnoughData: g.chance(0.3)}
	if g.chance(0.8) {
		s.RFM = &score.RFM{R: g.IntN(6), F: g.IntN(6), M: g.IntN(6), DaysSinceLast: g.IntN(5), Orders: g.IntN(5), Revenue: g.money()}
		if g.chance(0.7) {
			s.RFM.BeforeR, s.RFM.BeforeF = 1+g.IntN(5), 1+g.IntN(5)
		}
	}
	if g.chance(0.6) {
		s.RevenueContribution = &score.Contribution{Share: pick(g, []float64{0, 0.1, 0.5, -1}), RankShare: pick(g, []float64{0.1, 0.2, 1}), Decile: 1 + g.IntN(10)}
	}
	if g.chance(0.6) {
		s.ProfitContribution = &score.Profit{Profit: g.money(), Share: pick(g, []float64{0, 0.1, 0.5, -1}), RankShare: pick(g, []float64{0.1, 0.2, 1}), Decile: 1 + g.IntN(10)}
	}
	if g.chance(0.5) {
		s.ShareOfWallet = &score.Wallet{Share: pick(g, []float64{0, 0.25, 0.5, 1}), Spent: g.money(), Total: g.money(), Beyond: g.chance(0.2)}
		s.Responses = []score.Response{{Channel: consent.Email, Rate: pick(g, []float64{0, 0.1, 0.5, 1})}}
	}
	if g.chance(0.6) {
		alive := pick(g, []float64{0, 0.1, 0.5, 0.9, 1})
		s.PAlive, s.ExpectedOrders = &alive, &score.Expected{HorizonDays: 90, Value: pick(g, []float64{0, 0.5, 2, 2.5})}
	}
	if g.chance(0.7) {
		s.LifecycleStage, s.LifecycleBefore, s.LifecycleReason = lifecycle.Stage(pick(g, words)), lifecycle.Stage(pick(g, words)), lifecycle.Reason(pick(g, words))
	}
	if m := g.money(); m.Currency != "" {
		s.ExpectedSpend = &m
	}
	if m := g.money(); m.Currency != "" {
		s.LifetimeValue = &m
	}
	return s
}

// rule draws a tree that may ask for the first segments.
func (g *generator) rule(depth, segments int) segment.Rule {
	if depth > 0 && g.chance(0.6) {
		inner := make([]segment.Rule, g.IntN(4))
		for i := range inner {
			inner[i] = g.rule(depth-1, segments)
		}
		switch g.IntN(3) {
		case 0:
			return segment.Rule{Node: segment.All(inner)}
		case 1:
			return segment.Rule{Node: segment.Any(inner)}
		default:
			return segment.Rule{Node: segment.Not{Rule: g.rule(depth-1, segments)}}
		}
	}
	switch g.IntN(12) {
	case 0:
		return segment.Rule{Node: segment.Response{CampaignID: pick(g, campaigns), Kind: pick(g, kinds)}}
	case 1:
		if segments > 0 {
			return segment.Rule{Node: segment.Segment{ID: segmentIDs[g.IntN(segments)]}}
		}
		return segment.Rule{Node: segment.Segment{ID: "seg_unknown"}}
	case 2, 3, 4:
		return segment.Rule{Node: g.tally()}
	default:
		return g.field(g.path())
	}
}

// path is any field, most often one of which there is more than one kind of value.
func (g *generator) path() segment.FieldInfo {
	path := pick(g, []string{"customer.name", "customer.tags", "customer.createdAt", "customer.birthDate", "customer.custom.number", "customer.custom.number",
		"customer.custom.text", "customer.custom.text", "customer.custom.date", "customer.custom.flag", "customer.custom.list", "customer.custom.list",
		"customer.custom.money", "customer.custom.money", "customer.custom.mixed", "customer.custom.kinds", "customer.custom.kinds", "customer.custom.several", "customer.custom.unknown"})
	if f, ok := segment.FieldAt(path); ok && g.chance(0.6) {
		return f
	}
	return pick(g, segment.Fields())
}

func (g *generator) field(f segment.FieldInfo) segment.Rule {
	op := pick(g, segment.Ops(f.Type))
	return segment.Rule{Node: segment.Field{Path: f.Path, Op: op, Value: g.value(f, op)}}
}

func (g *generator) value(f segment.FieldInfo, op segment.Op) any {
	switch op {
	case segment.IsEmpty, segment.IsNotEmpty:
		return nil
	case segment.InLast:
		return pick(g, periods)
	case segment.Contains, segment.StartsWith:
		return g.single(segment.FieldInfo{Type: segment.Text})
	case segment.Before, segment.After:
		return g.single(segment.FieldInfo{Type: segment.Date})
	case segment.Between:
		if f.Type == segment.Dynamic { // two of a kind
			f.Type = pick(g, []segment.Type{segment.Date, segment.Number, segment.Money})
		}
		return []any{g.single(f), g.single(f)}
	case segment.In:
		var out []any
		for range 1 + g.IntN(3) {
			out = append(out, g.single(f))
		}
		return out
	default:
		return g.single(f)
	}
}

func (g *generator) single(f segment.FieldInfo) any {
	switch f.Type {
	case segment.Number:
		return json.Number(pick(g, numbers))
	case segment.Money:
		if amount := pick(g, amounts); g.chance(0.7) {
			return json.Number(amount)
		}
		return map[string]any{"amount": pick(g, []string{"1000", "12500.5", "0"}), "currency": pick(g, []string{"KRW", "USD"})}
	case segment.Date:
		if g.chance(0.2) {
			return g.at().Format(time.RFC3339Nano)
		}
		return g.date()
	case segment.Bool:
		return g.chance(0.5)
	case segment.Dynamic:
		return g.single(segment.FieldInfo{Type: pick(g, []segment.Type{segment.Text, segment.Number, segment.Date, segment.Bool, segment.Money})})
	default:
		if g.chance(0.2) {
			return pick(g, []string{"consumer", "granted", "withdrawn", "cus_0001", "100000000000000000000", "0.0000001", "2.5", strconv.Itoa(g.IntN(9))})
		}
		return pick(g, words)
	}
}

func (g *generator) tally() segment.Tally {
	n := segment.Tally{Events: g.chance(0.3), Op: pick(g, []segment.Op{segment.Eq, segment.Ne, segment.Gt, segment.Gte, segment.Lt, segment.Lte, segment.Between})}
	figures := []string{"0", "1", "2", "3", "1.5", "-1"}
	if n.Events {
		n.Type = pick(g, []string{"", "login", "visit", "unknown"})
	} else if n.Sum = g.chance(0.4); n.Sum {
		figures, n.Code = amounts, pick(g, currencies)
	}
	for range 1 + count(n.Op == segment.Between) {
		n.Value = append(n.Value, decimal.RequireFromString(pick(g, figures)))
	}
	if g.chance(0.5) {
		n.InLast = pick(g, periods)
	}
	if !n.Events && g.chance(0.5) {
		where := g.where(2)
		n.Where = &where
	}
	return n
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (g *generator) where(depth int) segment.Rule {
	if depth > 0 && g.chance(0.4) {
		inner := []segment.Rule{g.where(depth - 1), g.where(depth - 1)}
		switch g.IntN(3) {
		case 0:
			return segment.Rule{Node: segment.All(inner)}
		case 1:
			return segment.Rule{Node: segment.Any(inner)}
		default:
			return segment.Rule{Node: segment.Not{Rule: inner[0]}}
		}
	}
	return g.field(pick(g, segment.OrderFields()))
}

func figures(values ...string) (out []decimal.Decimal) {
	for _, v := range values {
		out = append(out, decimal.RequireFromString(v))
	}
	return out
}
