//go:build cgo

package rules_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/lake/sheet"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// buyers are some people with orders of the same amounts, days and channels, and some without any.
func buyers() (out []person) {
	for i := range 7 {
		p := person{customer: &customer.Customer{ID: fmt.Sprint("cus_", i), Fields: customer.Fields{Name: []string{"나", "가", "", "다"}[i%4], Tags: []string{"a", "b"}}, CreatedAt: now.AddDate(0, 0, -i)}}
		for n := range i {
			p.orders = append(p.orders, order.Brief{OrderedAt: now.AddDate(0, 0, -(n+i)%3), Channel: []string{"", "web", "Store"}[n%3], Products: []string{"시집", "prd_1"},
				Total: money.Money{Amount: decimal.New(int64(n%4), 3), Currency: "KRW"}})
		}
		out = append(out, p)
	}
	return out
}

// statement writes the question of a page.
type statement func(sorts []rules.Sort, limit int, after *rules.Place) (sqltext.Statement, error)

// TestRowsOfAFileAreThoseOfTheList, by pages of every size and in every order, whatever is missing or the same.
func TestRowsOfAFileAreThoseOfTheList(t *testing.T) {
	people := buyers()
	lake := lakeOf(t, people)
	w := rules.World{Env: segment.Env{Now: now, Zone: time.UTC, Currency: "KRW"}}
	for _, c := range []struct {
		name       string
		sorts      [][]rules.Sort
		list, rows statement
	}{
		{"customers", [][]rules.Sort{nil, {{Path: "customer.name"}}, {{Path: "customer.createdAt", Descending: true}}, {{Path: "score.revenue"}, {Path: "customer.name", Descending: true}}},
			func(s []rules.Sort, limit int, after *rules.Place) (sqltext.Statement, error) {
				return rules.List{Rule: everybody, Sort: s, Limit: limit, After: after}.Statement(w)
			}, func(s []rules.Sort, limit int, after *rules.Place) (sqltext.Statement, error) {
				return rules.List{Rule: everybody, Sort: s, Limit: limit, After: after}.Rows(w, []string{"c.name"})
			}},
		{"orders", [][]rules.Sort{nil, {{Path: "order.orderedAt", Descending: true}}, {{Path: "order.total"}, {Path: "customer.name"}}, {{Path: "order.channel", Descending: true}}},
			func(s []rules.Sort, limit int, after *rules.Place) (sqltext.Statement, error) {
				return rules.OrderList{Rule: everybody, Sort: s, Limit: limit, After: after}.Statement(w)
			}, func(s []rules.Sort, limit int, after *rules.Place) (sqltext.Statement, error) {
				return rules.OrderList{Rule: everybody, Sort: s, Limit: limit, After: after}.Rows(w, []string{`o."total.amount"`, "c.name"})
			}},
	} {
		for _, sorts := range c.sorts {
			var want []string
			s, err := c.list(sorts, 100, nil)
			if err != nil {
				t.Fatal(err)
			}
			run(t, lake, s, func(row []any) { want = append(want, row[1].(string)) })
			for limit := 1; limit <= len(want)+1; limit += 3 {
				if got := inPages(t, lake, c.rows, sorts, limit); !slices.Equal(got, want) {
					t.Errorf("%s by %v in pages of %d: got %v, want %v", c.name, sorts, limit, got, want)
				}
			}
		}
	}
}

func inPages(t *testing.T, lake ask.Lake, rows statement, sorts []rules.Sort, limit int) (ids []string) {
	t.Helper()
	for after := (*rules.Place)(nil); ; {
		s, err := rows(sorts, limit, after)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		err = lake.Query(t.Context(), s, func(row []any) error {
			at, cells := rules.PlaceOf(row, len(sorts))
			if len(cells) == 0 {
				return fmt.Errorf("no columns behind %v", row)
			}
			n, after, ids = n+1, &at, append(ids, at.ID)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if n < limit {
			return ids
		}
	}
}

// TestAthenaAnswersForAFileOfOrdersToo: with all columns that one can have, which are the same as DuckDB's.
func TestAthenaAnswersForAFileOfOrdersToo(t *testing.T) {
	objects := inParts(t, buyers())
	of, _ := sheet.Of(export.Orders)
	rule, err := of.Read(`total gte 1000 and customer.name ne "나"`, func(string) (segment.Type, bool) { return "", false })
	if err != nil {
		t.Fatal(err)
	}
	w := rules.World{Env: segment.Env{Now: now, Zone: time.UTC, Currency: "KRW"}}
	q := sheet.Query{Rule: rule, Sort: rules.Sorts(of.Order, of.PathOf), Limit: 100}
	s, err := of.Pages(q).Rows(w, sheet.Expressions(of.Columns(sheet.Own{Fields: &customfield.Set{}})))
	if err != nil {
		t.Fatal(err)
	}
	var answers [2][]string
	for i, lake := range []ask.Lake{onAthena(t, objects), onDuckDB(t, objects)} {
		err := lake.Query(t.Context(), s, func(row []any) error {
			answers[i] = append(answers[i], fmt.Sprint(row[1:]...)) // the key is a text, which engines write in their own way
			return nil
		})
		if err != nil {
			t.Fatalf("engine %d: %v\n%s", i, err, s.SQL)
		}
	}
	if len(answers[0]) == 0 || !slices.Equal(answers[0], answers[1]) {
		t.Errorf("got  %q\nwant %q", answers[0], answers[1])
	}
}
