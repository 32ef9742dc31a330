//go:build cgo

package lakegen_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/duck/lakegen"
)

var until = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func TestALakeIsAsLargeAsAskedAndTheSameForASeed(t *testing.T) {
	a, b, other := facts(t, 7), facts(t, 7), facts(t, 8)
	if a["size"] != "[1000 20000]" {
		t.Errorf("customers and orders: %s", a["size"])
	}
	for name, got := range a {
		if got != b[name] {
			t.Errorf("%s differs between two lakes of one seed: %s and %s", name, got, b[name])
		}
	}
	if a["revenue"] == other["revenue"] {
		t.Error("another seed makes the same revenue")
	}
	if a["refunds and dollars"] != "[true true]" || a["messages"] != "[2000 1000]" {
		t.Errorf("refunds and dollars: %s; messages and responses: %s", a["refunds and dollars"], a["messages"])
	}
	if a["known"] != "[true true true]" {
		t.Errorf("orders without customers, a month too much, or scores that do not add up: %s", a["known"])
	}
}

func facts(t *testing.T, seed uint64) map[string]string {
	t.Helper()
	source, err := lakegen.Write(t.Context(), t.TempDir(), lakegen.Size{Customers: 1000, Orders: 20000, Seed: seed, Until: until})
	if err != nil {
		t.Fatal(err)
	}
	r, err := duck.New(lakegen.Subjects(), duck.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	l, err := r.Lake("tenant", source)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for name, query := range map[string]string{
		"size":    `SELECT (SELECT count(*) FROM customers), (SELECT count(*) FROM orders)`,
		"revenue": `SELECT sum("total.amount"), min("orderedAt"), max("orderedAt") FROM orders`,
		"names":   `SELECT count(DISTINCT name), max(name), count(DISTINCT "^name") FROM customers`,
		"known": `SELECT (SELECT count(*) = 0 FROM orders WHERE "customerId" NOT IN (SELECT id FROM customers)),
			(SELECT count(DISTINCT strftime("orderedAt", '%Y-%m')) <= 39 FROM orders), (SELECT sum("rfm.orders") FROM scores) = (SELECT count(*) FROM orders WHERE "total.amount" >= 0)`,
		"refunds and dollars": `SELECT count(*) FILTER ("total.amount" < 0) BETWEEN 300 AND 500, count(*) FILTER ("total.currency" = 'USD') BETWEEN 500 AND 700 FROM orders`,
		"messages":            `SELECT (SELECT count(*) FROM messages), (SELECT count(*) FROM responses WHERE "at" IS NOT NULL)`,
	} {
		err := l.Query(t.Context(), duck.Statement{SQL: query}, func(row []any) error {
			out[name] = fmt.Sprint(row)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}
