//go:build cgo

package rules_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// crowd draws people and segments as the comparison of members does.
func crowd(seed uint64) (*generator, []person) {
	g := &generator{rand.New(rand.NewPCG(seed, 2)), segment.Env{Now: now, Zone: time.UTC, Currency: "KRW"}, map[string]segment.Rule{}}
	people := make([]person, 200)
	for i := range people {
		people[i] = g.person(i)
	}
	for i := range 6 {
		g.segments[segmentIDs[i]] = g.rule(2, i)
	}
	return g, people
}

// TestAPreviewIsCountWorthAndSample, for rules of every kind, beside a count by hand.
func TestAPreviewIsCountWorthAndSample(t *testing.T) {
	g, people := crowd(20261123)
	l := lakeOf(t, people)
	w := g.world(t, l)
	for range 150 {
		rule := g.rule(3, len(segmentIDs))
		want := g.matched(t, people, rule)
		s, err := rules.Preview(rule, 10, w)
		if err != nil {
			t.Fatal(err)
		}
		var got []any
		run(t, l, s, func(row []any) { got = row })
		if wanted := pictured(people, want); fmt.Sprint(got) != wanted {
			t.Fatalf("%s:\ngot  %v\nwant %s\n%s", text(rule), got, wanted, s.SQL)
		}
	}
}

// pictured is what a preview should say of members.
func pictured(people []person, members []string) string {
	worth := map[string]decimal.Decimal{}
	for _, p := range people {
		for _, o := range p.orders {
			if _, in := slices.BinarySearch(members, p.customer.ID); in && o.Total.Currency != "" {
				worth[o.Total.Currency] = worth[o.Total.Currency].Add(o.Total.Amount)
			}
		}
	}
	sample := slices.Clone(members)
	slices.Reverse(sample)
	codes := slices.Sorted(maps.Keys(worth))
	sums := make([]string, len(codes))
	for i, c := range codes {
		sums[i] = worth[c].StringFixed(4)
	}
	shown := func(list []string) string {
		if len(list) == 0 {
			return "<nil>"
		}
		return fmt.Sprint(list)
	}
	return fmt.Sprintf("[%d %s %s %s]", len(members), shown(sample[:min(10, len(sample))]), shown(codes), shown(sums))
}

// TestMovesAreTheDifference between who meets the rules of several segments and who is in them, for all customers and for some.
func TestMovesAreTheDifference(t *testing.T) {
	g, people := crowd(7)
	l := lakeOf(t, people)
	w := g.world(t, l)
	var asked []rules.Asked
	wanted := map[string][]string{}
	for i := range 5 {
		a := rules.Asked{ID: fmt.Sprint("seg_asked_", i), Rule: g.rule(3, len(segmentIDs))}
		asked = append(asked, a)
		wanted[a.ID] = g.matched(t, people, a.Rule)
	}
	some := []string{"cus_gone"}
	for i := 0; i < len(people); i += 3 {
		some = append(some, people[i].customer.ID)
	}
	// Half of all are in each segment by now, one who is gone too; one was there twice and left.
	in := map[string]bool{}
	var rows []lake.Row
	for _, a := range asked {
		rows = append(rows, stay(a.ID, "cus_0001", 1, true), stay(a.ID, "cus_0001", 2, true), stay(a.ID, "cus_gone", 1, false))
		in[a.ID+" cus_gone"] = true
		for i := 0; i < len(people); i += 2 {
			rows = append(rows, stay(a.ID, people[i].customer.ID, 3, false))
			in[a.ID+" "+people[i].customer.ID] = true
		}
	}
	if err := l.Overlay(t.Context(), lake.Lines(rows)); err != nil {
		t.Fatal(err)
	}
	for name, only := range map[string][]string{"all": nil, "some": some} {
		t.Run(name, func(t *testing.T) {
			var want []string
			for _, a := range asked {
				for _, id := range append(idsOf(people), "cus_gone") {
					_, meets := slices.BinarySearch(wanted[a.ID], id)
					if meets != in[a.ID+" "+id] && (only == nil || slices.Contains(only, id)) {
						want = append(want, fmt.Sprint(a.ID, " ", id, " ", last(id, in[a.ID+" "+id]), " ", meets))
					}
				}
			}
			got := moves(t, l, asked, only, w)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

func moves(t *testing.T, l *duck.Lake, asked []rules.Asked, only []string, w rules.World) (got []string) {
	t.Helper()
	s, err := rules.Moves(asked, only, w)
	if err != nil {
		t.Fatal(err)
	}
	run(t, l, s, func(row []any) { got = append(got, fmt.Sprint(row[0], " ", row[1], " ", row[2], " ", row[3] == nil)) })
	slices.Sort(got)
	return got
}

// last is the number of a customer's last stay as the test has laid them out.
func last(id string, in bool) int {
	switch {
	case id == "cus_gone":
		return 1
	case in:
		return 3
	case id == "cus_0001":
		return 2
	default:
		return 0
	}
}

func stay(segmentID, customerID string, n int64, left bool) lake.Row {
	r := lake.Row{Subject: "memberships", ID: fmt.Sprint(segmentID, ".", customerID, ".", n), Version: n, At: now, Cells: []lake.Cell{
		{Column: "segmentId", Value: segmentID}, {Column: "customerId", Value: customerID}, {Column: "stay", Value: n}, {Column: "segmentVersion", Value: int64(1)},
		{Column: "enteredAt", Value: now.Add(time.Duration(n) * time.Minute)},
	}}
	if left {
		r.Cells = append(r.Cells, lake.Cell{Column: "leftAt", Value: now.Add(time.Duration(n)*time.Minute + time.Second)})
	}
	return r
}

func idsOf(people []person) (ids []string) {
	for _, p := range people {
		ids = append(ids, p.customer.ID)
	}
	return ids
}

// TestAnAnswerAsOf a day leaves out what came later, and one about frozen members needs no rule.
func TestAnAnswerAsOf(t *testing.T) {
	days := func(n int) time.Time { return now.AddDate(0, 0, -n) }
	ordered := func(id string, joined time.Time, at ...time.Time) person {
		p := person{customer: &customer.Customer{ID: id, CreatedAt: joined, UpdatedAt: joined}, responses: map[[2]string]bool{}}
		for _, d := range at {
			p.orders = append(p.orders, order.Brief{OrderedAt: d})
		}
		return p
	}
	wrote := ordered("cus_0003", days(90))
	wrote.responses[[2]string{"cmp_1", "accepted"}] = true
	l := lakeOf(t, []person{ordered("cus_0001", days(90), days(40)), ordered("cus_0002", days(90), days(5)), wrote, ordered("cus_0004", days(10), days(40))})
	members := []string{"cus_0001", "cus_0004", "cus_none"}
	for name, c := range map[string]struct {
		rule string
		asOf time.Time
		want string
	}{
		"who bought":                   {`{"orders":{"count":["gte",1]}}`, time.Time{}, "cus_0001 cus_0002 cus_0004"},
		"who had bought a month ago":   {`{"orders":{"count":["gte",1]}}`, days(30), "cus_0001"},
		"nobody who was not there":     {`{"all":[]}`, days(30), "cus_0001 cus_0002 cus_0003"},
		"who was written to":           {`{"response":{"campaignId":"cmp_1","kind":"accepted"}}`, time.Time{}, "cus_0003"},
		"who had been written to":      {`{"response":{"campaignId":"cmp_1","kind":"accepted"}}`, days(1), ""},
		"frozen members":               {`{"segment":"seg_frozen"}`, time.Time{}, "cus_0001 cus_0004"},
		"all but frozen members":       {`{"not":{"segment":"seg_frozen"}}`, time.Time{}, "cus_0002 cus_0003"},
		"nobody was frozen into it":    {`{"segment":"seg_empty"}`, time.Time{}, ""},
		"nothing ordered by that time": {`{"orders":{"count":["eq",0]}}`, days(30), "cus_0002 cus_0003"},
	} {
		t.Run(name, func(t *testing.T) {
			w := rules.World{Env: segment.Env{Now: now, Zone: time.UTC, Currency: "KRW"}, AsOf: c.asOf, Frozen: func(id string) ([]string, bool) {
				return map[string][]string{"seg_frozen": members}[id], strings.HasPrefix(id, "seg_")
			}}
			s, err := rules.Members(parsed(t, c.rule), w)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(first(t, l, s), " "); got != c.want {
				t.Errorf("got %q, want %q\n%s", got, c.want, s.SQL)
			}
		})
	}
}

// first are the texts of the first column.
func first(t *testing.T, l *duck.Lake, s sqltext.Statement) (out []string) {
	t.Helper()
	run(t, l, s, func(row []any) { out = append(out, row[0].(string)) })
	return out
}

func parsed(t *testing.T, text string) (r segment.Rule) {
	t.Helper()
	if err := r.UnmarshalJSON([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return r
}
