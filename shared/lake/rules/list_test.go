//go:build cgo

package rules_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// neighbours are few enough to know each of them.
func neighbours(t *testing.T) (*duck.Lake, rules.World) {
	t.Helper()
	var people []person
	for i, f := range []customer.Fields{
		{Name: "홍길동", Email: "hong@example.com", Phone: "+821012345678", Custom: map[string]any{"size": 3.0}},
		{Name: "김서연", Email: "kim@example.com", Phone: "+821099990000", ExternalID: "K-77", CompanyID: "cus_3", Custom: map[string]any{"size": 10.0}},
		{Name: "Anna Kim", Email: "anna@shop.example", Custom: map[string]any{"note": "x"}},
		{Name: "단골상사", Kind: customer.Business, Phone: "+8225551234"},
	} {
		people = append(people, person{customer: &customer.Customer{ID: fmt.Sprint("cus_", i), Fields: f, CreatedAt: now.AddDate(0, 0, -i)}})
	}
	lake := lakeOf(t, people)
	g := &generator{rand.New(rand.NewPCG(1, 1)), segment.Env{Now: now, Zone: time.UTC, Currency: "KRW"}, nil}
	w := g.world(t, lake)
	w.Companies = true
	return lake, w
}

var everybody = segment.Rule{Node: segment.All{}}

func TestSearchFindsWordsWhereverTheyStand(t *testing.T) {
	lake, w := neighbours(t)
	for search, want := range map[string]string{
		"": "cus_0 cus_1 cus_2 cus_3", "길동": "cus_0", "ㅎㄱㄷ": "cus_0", "ㄱ": "cus_0 cus_1 cus_3", "KIM": "cus_1 cus_2", "example": "cus_0 cus_1 cus_2",
		"kim anna": "cus_2", "010-1234": "cus_0", "1234": "cus_0 cus_3", "k-7": "cus_1", "02-555": "cus_3", "단골": "cus_1 cus_3", "ㅅㅅ": "cus_1 cus_3", "nobody": "", "%": "", "'": "",
	} {
		page, total := listed(t, lake, w, rules.List{Rule: everybody, Search: search, Limit: 50})
		if got := strings.Join(page, " "); got != want || total != int64(len(page)) {
			t.Errorf("%q: got %q of %d, want %q", search, got, total, want)
		}
	}
}

func TestListsAreSortedAndCounted(t *testing.T) {
	lake, w := neighbours(t)
	for path, want := range map[string]string{
		"customer.name": "cus_2 cus_1", "-customer.name": "cus_0 cus_3", "customer.createdAt": "cus_3 cus_2", "customer.custom.size": "cus_0 cus_1",
		"-customer.custom.size": "cus_1 cus_0", "customer.custom.note": "cus_2 cus_0", "customer.custom.unknown": "cus_0 cus_1", "score.revenue": "cus_0 cus_1",
	} {
		name, down := strings.CutPrefix(path, "-")
		page, total := listed(t, lake, w, rules.List{Rule: everybody, Sort: []rules.Sort{{Path: name, Descending: down}}, Limit: 2})
		if got := strings.Join(page, " "); got != want || total != 4 {
			t.Errorf("%s: got %q of %d, want %q of 4", path, got, total, want)
		}
	}
}

// Pages of every size put together are the whole list, whatever it is sorted by: also where values are missing or the same.
func TestPagesFollowOneAnother(t *testing.T) {
	lake, w := neighbours(t)
	for _, order := range [][]rules.Sort{nil, {{Path: "customer.name"}}, {{Path: "customer.custom.size"}}, {{Path: "customer.custom.size", Descending: true}}, {{Path: "customer.custom.note"}},
		{{Path: "customer.createdAt", Descending: true}}, {{Path: "customer.kind"}, {Path: "customer.externalId", Descending: true}}, {{Path: "score.revenue", Descending: true}}} {
		whole, _ := listed(t, lake, w, rules.List{Rule: everybody, Sort: order, Limit: 50})
		for limit := 1; limit <= 4; limit++ {
			var pages []string
			var after *rules.Place
			for len(pages) < len(whole) {
				l := rules.List{Rule: everybody, Sort: order, Limit: limit, After: after}
				ids, total := listed(t, lake, w, l)
				if total != 4 || len(ids) == 0 {
					t.Fatalf("%v by %d: %d of %d behind %v", order, limit, len(ids), total, pages)
				}
				pages, after = append(pages, ids...), lastOf(t, lake, w, l)
			}
			if !slices.Equal(pages, whole) {
				t.Errorf("%v by %d: got %v, want %v", order, limit, pages, whole)
			}
		}
	}
}

// A place stays one when the customer who stood there is gone.
func TestAPlaceThatNobodyHas(t *testing.T) {
	lake, w := neighbours(t)
	seven := "7"
	ids, total := listed(t, lake, w, rules.List{Rule: everybody, Sort: []rules.Sort{{Path: "customer.custom.size"}}, Limit: 9, After: &rules.Place{Keys: []*string{&seven}, ID: "cus_gone"}})
	if got := strings.Join(ids, " "); got != "cus_1 cus_2 cus_3" || total != 4 {
		t.Errorf("got %s of %d", got, total)
	}
	if ids, total := listed(t, lake, w, rules.List{Rule: everybody, Limit: 9, After: &rules.Place{ID: "cus_9"}}); len(ids) != 0 || total != 4 {
		t.Errorf("behind the last: %v of %d", ids, total)
	}
}

func TestGroups(t *testing.T) {
	lake, w := neighbours(t)
	for by, want := range map[string]string{
		"customer.kind": "-:3 business:1", "customer.tags": "-:4", "customer.custom.size": "-:2 10:1 3:1", "customer.custom.note": "-:3 x:1",
		"customer.createdAt": "2026-11:4", "score.rfm.r": "-:4", "customer.custom.unknown": "-:4",
	} {
		s, err := rules.Groups{Rule: everybody, By: by, Limit: 9}.Statement(w)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		run(t, lake, s, func(row []any) {
			label := "-"
			if row[0] != nil {
				label = row[0].(string)
			}
			got = append(got, fmt.Sprint(label, ":", row[1]))
			if row[3] != int64(4) || row[2] != nil {
				t.Errorf("%s: %v", by, row)
			}
		})
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %v, want %s", by, got, want)
		}
	}
	if _, err := (rules.Groups{Rule: everybody, By: "score.revenue"}).Statement(w); errs.Code(err) != "rule_field_unknown" {
		t.Errorf("by an amount: %v", err)
	}
}

func listed(t *testing.T, lake *duck.Lake, w rules.World, l rules.List) (ids []string, total int64) {
	t.Helper()
	statement, err := l.Statement(w)
	if err != nil {
		t.Fatal(err)
	}
	run(t, lake, statement, func(row []any) {
		total = row[0].(int64)
		if id, ok := row[1].(string); ok {
			ids = append(ids, id)
		}
	})
	return ids, total
}

// lastOf is the place of the last customer of a page.
func lastOf(t *testing.T, lake *duck.Lake, w rules.World, l rules.List) *rules.Place {
	t.Helper()
	statement, err := l.Statement(w)
	if err != nil {
		t.Fatal(err)
	}
	out := &rules.Place{}
	run(t, lake, statement, func(row []any) {
		out.ID, out.Keys = row[1].(string), nil
		for _, v := range row[2:] {
			var key *string
			if s, ok := v.(string); ok {
				key = &s
			}
			out.Keys = append(out.Keys, key)
		}
	})
	return out
}

func run(t *testing.T, lake *duck.Lake, s sqltext.Statement, each func([]any)) {
	t.Helper()
	if err := lake.Query(t.Context(), s, func(row []any) error { each(row); return nil }); err != nil {
		t.Fatalf("%s: %v", s.SQL, err)
	}
}

// hostile are texts that would do harm if they ever became a part of a statement.
var hostile = []string{`'; DROP VIEW customers; --`, `" OR true --`, `x") UNION SELECT content FROM read_text('/etc/passwd') --`, `$1`, `read_csv('/etc/passwd')`, "a\x00'b", `\'`}

// TestNoTextBecomesSQL: whatever stands in a rule, a search or an order, the statement's text is the same as with a harmless text, or it is refused.
func TestNoTextBecomesSQL(t *testing.T) {
	lake, w := neighbours(t)
	field := func(path, value string) segment.Rule {
		return segment.Rule{Node: segment.Field{Path: path, Op: segment.Eq, Value: value}}
	}
	for position, with := range map[string]func(text string) rules.List{
		"a value": func(s string) rules.List { return rules.List{Rule: field("customer.name", s)} },
		"a part": func(s string) rules.List {
			return rules.List{Rule: segment.Rule{Node: segment.Field{Path: "customer.name", Op: segment.Contains, Value: s}}}
		},
		"a tag":          func(s string) rules.List { return rules.List{Rule: field("customer.tags", s)} },
		"a custom value": func(s string) rules.List { return rules.List{Rule: field("customer.custom.note", s)} },
		"a custom key":   func(s string) rules.List { return rules.List{Rule: field("customer.custom."+s, "x")} },
		"a path":         func(s string) rules.List { return rules.List{Rule: field("customer."+s, "x")} },
		"a campaign": func(s string) rules.List {
			return rules.List{Rule: segment.Rule{Node: segment.Response{CampaignID: s, Kind: s}}}
		},
		"a segment":       func(s string) rules.List { return rules.List{Rule: segment.Rule{Node: segment.Segment{ID: s}}} },
		"a type of event": func(s string) rules.List { return rules.List{Rule: eventsOf(s)} },
		"a product":       func(s string) rules.List { return rules.List{Rule: ordersWhere("order.product", s)} },
		"an order's path": func(s string) rules.List { return rules.List{Rule: ordersWhere("order."+s, "x")} },
		"a search": func(s string) rules.List {
			return rules.List{Rule: everybody, Search: strings.Join(strings.Fields(s), "")}
		},
		"an order": func(s string) rules.List { return rules.List{Rule: everybody, Sort: []rules.Sort{{Path: s}}} },
		"a place": func(s string) rules.List {
			return rules.List{Rule: everybody, After: &rules.Place{ID: s}}
		},
		"a custom order": func(s string) rules.List {
			return rules.List{Rule: everybody, Sort: []rules.Sort{{Path: "customer.custom." + s}}}
		},
	} {
		t.Run(position, func(t *testing.T) {
			harmless, _ := with("x").Statement(w)
			for _, s := range hostile {
				l := with(s)
				l.Limit = 5
				page, err := l.Statement(w)
				if err != nil {
					var refusal *errs.Error
					if !errors.As(err, &refusal) || refusal.Kind != errs.Invalid {
						t.Errorf("%q: %v", s, err)
					}
					continue
				}
				if got, want := page.SQL, strings.Replace(harmless.SQL, "LIMIT 0", "LIMIT 5", 1); got != want {
					t.Errorf("%q became a part of the statement:\n%s\n%s", s, got, want)
				}
				run(t, lake, page, func([]any) {})
			}
		})
	}
}

func ordersWhere(path, value string) segment.Rule {
	where := segment.Rule{Node: segment.Field{Path: path, Op: segment.Contains, Value: value}}
	return segment.Rule{Node: segment.Tally{Op: segment.Gte, Value: figures("1"), Where: &where}}
}

func eventsOf(kind string) segment.Rule {
	return segment.Rule{Node: segment.Tally{Events: true, Type: kind, Op: segment.Gte, Value: figures("1")}}
}

func TestSegmentsThatLeadBackToThemselves(t *testing.T) {
	_, w := neighbours(t)
	ask := func(id string) segment.Rule { return segment.Rule{Node: segment.Segment{ID: id}} }
	w.Segment = func(id string) (segment.Rule, bool) {
		r, ok := map[string]segment.Rule{"seg_a": ask("seg_b"), "seg_b": ask("seg_a"), "seg_c": everybody}[id]
		return r, ok
	}
	for id, want := range map[string]string{"seg_a": "rule_segment_cycle", "seg_c": "", "seg_none": ""} {
		if _, err := rules.Count(ask(id), w); errs.Code(err) != want {
			t.Errorf("%s: got %v, want %q", id, err, want)
		}
	}
}
