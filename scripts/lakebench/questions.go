//go:build cgo

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// question is what a person asks.
type question struct {
	kind, name string
	statement  sqltext.Statement
}

// eleven is a segment of eleven expressions over the profile, custom fields, consents, scores, orders, events and responses.
const eleven = `{"all":[
	{"field":"customer.address.region","op":"in","value":["서울","경기","부산"]},
	{"field":"customer.kind","op":"ne","value":"internal"},
	{"field":"customer.consents.email.marketing","op":"ne","value":"withdrawn"},
	{"field":"customer.birthDate","op":"between","value":["1960-01-01","1999-12-31"]},
	{"not":{"field":"customer.tags","op":"contains","value":"web"}},
	{"any":[{"field":"customer.custom.size","op":"gte","value":20},{"field":"customer.custom.colour","op":"eq","value":"red"}]},
	{"field":"score.rfm.m","op":"gte","value":2},
	{"orders":{"count":["gte",3],"inLast":"P90D"}},
	{"events":{"type":"login","count":["lt",5],"inLast":"P30D"}},
	{"not":{"response":{"campaignId":"cmp_3","kind":"bought"}}}]}`

// others are segments whose windows are wider.
var others = map[string]string{
	"orders ever, no window":        `{"orders":{"count":["gte",5]}}`,
	"sum of a year":                 `{"orders":{"sum":["gte","100000"],"inLast":"P1Y"}}`,
	"nothing bought in half a year": `{"orders":{"count":["eq",0],"inLast":"P6M"}}`,
	"a product in 90 days":          `{"orders":{"count":["gte",1],"inLast":"P90D","where":{"field":"order.product","op":"contains","value":"원두"}}}`,
	"score and region":              `{"all":[{"field":"score.rfm.r","op":"gte","value":4},{"field":"customer.address.region","op":"eq","value":"서울"}]}`,
}

var filters = []string{
	`{"all":[]}`,
	`{"field":"customer.address.region","op":"eq","value":"서울"}`,
	`{"field":"customer.custom.size","op":"gte","value":50}`,
	`{"field":"customer.tags","op":"contains","value":"vip"}`,
	`{"field":"customer.email","op":"contains","value":"naver"}`,
	`{"field":"score.rfm.m","op":"eq","value":5}`,
	`{"field":"customer.createdAt","op":"inLast","value":"P90D"}`,
}

var sorts = []string{"customer.name", "customer.email", "customer.createdAt", "customer.birthDate", "customer.custom.size", "customer.address.region", "score.revenue"}

var searches = []string{"길동", "smith", "ㅎㄱㄷ", "ㅎㄱ", "1234", "010-1234", "naver", "kim12", "nothing"}

func questions(ctx context.Context, lake *duck.Lake) ([]question, error) {
	columns, err := lake.Columns(ctx, "customers")
	if err != nil {
		return nil, err
	}
	w := rules.World{Env: segment.Env{Now: until, Zone: time.UTC, Currency: "KRW"}, Custom: func(name string) (string, bool) {
		i := slices.IndexFunc(columns, func(c duck.Column) bool { return c.Name == name })
		if i < 0 {
			return "", false
		}
		return columns[i].Type, true
	}}
	m := maker{World: w}
	m.worth("segment", "eleven expressions", eleven)
	m.preview("eleven expressions", eleven)
	m.preview("everybody", `{"all":[]}`)
	m.reach("everybody", rules.Reach{Rule: m.rule(`{"all":[]}`)})
	m.reach("everybody, each named for a hold-out", rules.Reach{Rule: m.rule(`{"all":[]}`), Name: true})
	m.reach("eleven expressions", rules.Reach{Rule: m.rule(eleven)})
	for name, rule := range others {
		m.worth("other segment", name, rule)
	}
	for _, f := range filters {
		for _, s := range sorts {
			m.list("list", f+" by "+s, rules.List{Rule: m.rule(f), First: 400, Sort: []rules.Sort{{Path: s, Descending: s != "customer.name"}}, Limit: 50})
		}
	}
	for _, s := range searches {
		m.list("search", s, rules.List{Rule: m.rule(`{"all":[]}`), Search: s, Sort: []rules.Sort{{Path: "customer.name"}}, Limit: 50})
	}
	m.insights()
	m.quality()
	return m.out, m.err
}

// maker collects questions.
type maker struct {
	rules.World
	out []question
	err error
}

func (m *maker) rule(text string) (r segment.Rule) {
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		m.err = fmt.Errorf("%s: %w", text, err)
	}
	return r
}

func (m *maker) worth(kind, name, rule string) {
	s, err := rules.Worth(m.rule(rule), m.World)
	m.add(question{kind, name, s}, err)
}

// preview asks for all that a page of a segment shows: how many, what they are worth per currency, ten of them.
func (m *maker) preview(name, rule string) {
	s, err := rules.Preview(m.rule(rule), 10, m.World)
	m.add(question{"preview", name, s}, err)
}

// reach asks whom a campaign would be sent to.
func (m *maker) reach(name string, r rules.Reach) {
	s, err := r.Statement(m.World)
	m.add(question{"reach", name, s}, err)
}

func (m *maker) list(kind, name string, l rules.List) {
	s, err := l.Statement(m.World)
	m.add(question{kind, name, s}, err)
}

func (m *maker) add(q question, err error) {
	if err != nil {
		m.err = err
	}
	m.out = append(m.out, q)
}
