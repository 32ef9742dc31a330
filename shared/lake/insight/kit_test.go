//go:build cgo

package insight_test

import (
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/duck/lakegen"
	"github.com/dangol/dangol/shared/lake/insight"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

var until = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// sale is an order of the lake, and person a customer, as the naive figures read them.
type (
	sale struct {
		customer string
		at       time.Time
		amount   decimal.Decimal // negative for a refund
		won      bool            // in the workspace's currency
	}
	person struct {
		region   string
		tags     []string
		created  time.Time
		archived bool
	}
)

// shop is a lake with all that is in it.
type shop struct {
	t      *testing.T
	lake   *duck.Lake
	sales  []sale
	people map[string]person
	insight.World
}

func open(t *testing.T, zone string) *shop {
	t.Helper()
	return openSeed(t, zone, 3+uint64(slices.Index(zones, zone)))
}

func openSeed(t *testing.T, zone string, seed uint64) *shop {
	t.Helper()
	source, err := lakegen.Write(t.Context(), t.TempDir(), lakegen.Size{Customers: 300, Orders: 6000, Seed: seed, Until: until})
	if err != nil {
		t.Fatal(err)
	}
	subjects := lakegen.Subjects()
	for i := range subjects {
		if subjects[i].Name == "scores" {
			subjects[i].Columns = append(subjects[i].Columns, duck.Column{Name: "asOf", Type: "DATE"})
		}
	}
	r, err := duck.New(subjects, duck.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	lake, err := r.Lake("tenant", source)
	if err != nil {
		t.Fatal(err)
	}
	place, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{t: t, lake: lake, people: map[string]person{}, World: insight.World{Env: segment.Env{Now: until, Zone: place, Currency: "KRW"}}}
	for _, row := range s.ask(sqltext.Statement{SQL: `SELECT "customerId", "orderedAt", "total.amount", "total.currency" = 'KRW' FROM orders`}) {
		s.sales = append(s.sales, sale{row[0].(string), row[1].(time.Time), row[2].(decimal.Decimal), row[3].(bool)})
	}
	for _, row := range s.ask(sqltext.Statement{SQL: `SELECT id, "address.region", tags, "createdAt", "archivedAt" IS NOT NULL FROM customers`}) {
		s.people[row[0].(string)] = person{row[1].(string), row[2].([]string), row[3].(time.Time), row[4].(bool)}
	}
	return s
}

func (s *shop) ask(statement sqltext.Statement) (rows [][]any) {
	s.t.Helper()
	err := s.lake.Query(s.t.Context(), statement, func(row []any) error {
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		s.t.Fatalf("%s: %v", statement.SQL, err)
	}
	return rows
}

func (s *shop) month(at time.Time) insight.Month { return insight.MonthOf(at.In(s.Zone)) }

// figures are what a group bought: revenue, orders, and who.
type figures struct {
	revenue decimal.Decimal
	orders  int64
	who     map[string]bool
}

func (f *figures) add(o sale) *figures {
	if f == nil {
		f = &figures{who: map[string]bool{}}
	}
	if o.won {
		f.revenue = f.revenue.Add(o.amount)
	}
	if !o.refund() {
		f.orders++
		f.who[o.customer] = true
	}
	return f
}

func (o sale) refund() bool { return o.amount.IsNegative() }

// revenue reads a sum, which is NULL where nothing was bought in the currency.
func revenue(v any) decimal.Decimal {
	sum, _ := v.(decimal.Decimal)
	return sum
}
