//go:build cgo

package rules_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/rules"
)

// TestTheLakeAnswersAsTheSegmentDoes: rules of every kind over customers of every kind mean the same customers to the database and to segment.Match. A
// failure prints the rule, the customer and the SQL.
func TestTheLakeAnswersAsTheSegmentDoes(t *testing.T) {
	seed, zones, each := uint64(20261122), []string{"Asia/Seoul"}, 1000
	if os.Getenv("DANGOL_LONG") != "" {
		seed, zones, each = uint64(time.Now().UnixNano()), []string{"Asia/Seoul", "UTC", "America/New_York", "America/Santiago"}, 5000 // Santiago's clocks change at midnight
	}
	for _, name := range zones {
		t.Run(name, func(t *testing.T) {
			t.Logf("seed %d", seed)
			zone, err := time.LoadLocation(name)
			if err != nil {
				t.Fatal(err)
			}
			g := &generator{rand.New(rand.NewPCG(seed, 1)), segment.Env{Now: now, Zone: zone, Currency: "KRW"}, map[string]segment.Rule{}}
			g.compare(t, each)
		})
	}
}

var now = time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC)

func (g *generator) compare(t *testing.T, each int) {
	people := make([]person, 400)
	for i := range people {
		people[i] = g.person(i)
	}
	for i := range 6 {
		g.segments[segmentIDs[i]] = g.rule(2, i)
	}
	lake := lakeOf(t, people)
	members, nobody := 0, 0
	for range each {
		rule := g.rule(3, len(segmentIDs))
		got, statement := g.asked(t, lake, rule)
		want := g.matched(t, people, rule)
		members += len(want)
		if len(want) == 0 {
			nobody++
		}
		if !slices.Equal(got, want) {
			g.explain(t, people, rule, got, want, statement)
			return
		}
	}
	t.Logf("%d rules, %d without members, %d members on average of %d", each, nobody, members/each, len(people))
	if nobody > each*2/3 || members < each*10 {
		t.Error("these rules tell little: most of them mean nobody")
	}
}

// asked are the members as the lake finds them.
func (g *generator) asked(t *testing.T, lake *duck.Lake, rule segment.Rule) (ids []string, statement string) {
	t.Helper()
	s, err := rules.Members(rule, g.world(t, lake))
	if err != nil {
		t.Fatalf("%s: %v", text(rule), err)
	}
	err = lake.Query(t.Context(), s, func(row []any) error {
		ids = append(ids, row[0].(string))
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v\n%s\n%v", text(rule), err, s.SQL, s.Args)
	}
	return ids, s.SQL
}

func (g *generator) world(t *testing.T, lake *duck.Lake) rules.World {
	t.Helper()
	columns, err := lake.Columns(t.Context(), "customers")
	if err != nil {
		t.Fatal(err)
	}
	return rules.World{Env: g.env,
		Custom: func(name string) (string, bool) {
			i := slices.IndexFunc(columns, func(c duck.Column) bool { return c.Name == name })
			if i < 0 {
				return "", false
			}
			return columns[i].Type, true
		},
		Segment: func(id string) (segment.Rule, bool) { r, ok := g.segments[id]; return r, ok },
	}
}

// matched are the members as segment finds them.
func (g *generator) matched(t *testing.T, people []person, rule segment.Rule) (ids []string) {
	t.Helper()
	m := g.matcher(t, rule)
	others := map[string]*segment.Matcher{}
	for id, r := range g.segments {
		others[id] = g.matcher(t, r)
	}
	for _, p := range people {
		facts := p.facts()
		facts.Segment = func(id string) bool { return others[id] != nil && others[id].Match(facts) }
		if p.customer.ArchivedAt == nil && m.Match(facts) {
			ids = append(ids, p.customer.ID)
		}
	}
	return ids
}

func (g *generator) matcher(t *testing.T, r segment.Rule) *segment.Matcher {
	t.Helper()
	m, err := segment.Compile(r, g.env)
	if err != nil {
		t.Fatalf("%s: %v", text(r), err)
	}
	return m
}

// explain finds the smallest part of the rule about which the two differ, and one customer.
func (g *generator) explain(t *testing.T, people []person, rule segment.Rule, got, want []string, statement string) {
	t.Helper()
	for _, p := range people {
		if slices.Contains(got, p.customer.ID) != slices.Contains(want, p.customer.ID) {
			record, _ := json.Marshal(p.row())
			t.Errorf("%s\nthe lake says %v of\n%s\n%d orders, %d events\nSQL: %s", text(rule), slices.Contains(got, p.customer.ID), record, len(p.orders), len(p.events), statement)
			return
		}
	}
}

func text(r segment.Rule) string {
	b, err := json.Marshal(r)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
