package importwork_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/id"
)

// ledger lists every order: externalId, total, names of the lines.
func (d *desk) ledger() (lines []string) {
	d.Helper()
	all, _, err := d.Orders(d.Context(), allOf)
	d.must(err)
	for _, o := range all {
		var names []string
		for _, l := range o.Lines {
			names = append(names, l.Quantity.String()+"x"+l.Name)
		}
		lines = append(lines, strings.Join([]string{o.ExternalID, o.Total.Text() + " " + o.Total.Currency, strings.Join(names, ",")}, "|"))
	}
	slices.Sort(lines)
	return lines
}

// sell records an order of 1,000 won before any import.
func (d *desk) sell(customerID, externalID string) {
	d.Helper()
	paid, err := money.Parse("1000", "KRW")
	d.must(err)
	o := &order.Order{ID: d.NewID(id.Order), ExternalID: externalID, CustomerID: customerID, OrderedAt: d.Now(), Total: paid}
	tx := d.Begin()
	tx.CreateOrder(o)
	d.must(tx.Commit(d.Context()))
}

const orderHeader = "order no,customer no,order date,product,qty,price\n"

// apart is so many rows that the ones around them fall into different segments.
func apart(rows ...string) string {
	return orderHeader + strings.Join(rows, strings.Repeat("X,1,언젠가,나쁜,1,1\n", segment))
}

func TestAFileOfOrdersComesInAndGoes(t *testing.T) {
	d := open(t)
	for name, c := range map[string]struct {
		there  bool // order O-1 was recorded before
		file   string
		books  string
		ledger []string
		undo   imports.UndoCounts
	}{
		"rows of one number are lines of one order": {
			file:   orderHeader + "O-1,1,2026-03-01 10:00,시집,1,12000\nO-2,1,2026-03-01,공책,2,3000\nO-1,1,2026-03-01 10:00,소설,2,15000\n",
			books:  "succeeded: read 3 = created 3 + updated 0 + skipped 0 + failed 0",
			ledger: []string{"O-1|42000 KRW|1x시집,2x소설", "O-2|6000 KRW|2x공책"},
			undo:   imports.UndoCounts{Removed: 2},
		},
		"also far apart in the file": {
			file:   apart("O-1,1,2026-03-01,시집,1,12000\n", "O-1,1,2026-03-01,소설,1,15000\n"),
			books:  "partlyFailed: read 2002 = created 2 + updated 0 + skipped 0 + failed 2000",
			ledger: []string{"O-1|27000 KRW|1x시집,1x소설"},
			undo:   imports.UndoCounts{Removed: 1, Restored: 1},
		},
		"an order that was there is replaced": {
			there:  true,
			file:   orderHeader + "O-1,1,2026-03-01,시집,1,12000\n",
			books:  "succeeded: read 1 = created 0 + updated 1 + skipped 0 + failed 0",
			ledger: []string{"O-1|12000 KRW|1x시집"},
			undo:   imports.UndoCounts{Restored: 1},
		},
		"and by rows far apart too": {
			there:  true,
			file:   apart("O-1,1,2026-03-01,시집,1,12000\n", "O-1,1,2026-03-01,소설,1,15000\n"),
			books:  "partlyFailed: read 2002 = created 0 + updated 2 + skipped 0 + failed 2000",
			ledger: []string{"O-1|27000 KRW|1x시집,1x소설"},
			undo:   imports.UndoCounts{Restored: 2},
		},
		"rows without a number are orders of their own, equal ones too": {
			file:   orderHeader + ",1,2026-03-01,시집,1,12000\n,1,2026-03-01,시집,1,12000\n",
			books:  "succeeded: read 2 = created 2 + updated 0 + skipped 0 + failed 0",
			ledger: []string{"|12000 KRW|1x시집", "|12000 KRW|1x시집"},
			undo:   imports.UndoCounts{Removed: 2},
		},
		"rows that do not agree fail together": {
			file:  orderHeader + "O-1,1,2026-03-01,시집,1,12000\nO-1,2,2026-03-01,소설,1,15000\n",
			books: "partlyFailed: read 2 = created 0 + updated 0 + skipped 0 + failed 2",
		},
		"a customer who is not there fails": {
			file:  orderHeader + "O-1,9,2026-03-01,시집,1,12000\n",
			books: "partlyFailed: read 1 = created 0 + updated 0 + skipped 0 + failed 1",
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := d.in(t)
			one := d.add(customer.Fields{ExternalID: "1", Name: "김하나"})
			d.add(customer.Fields{ExternalID: "2", Name: "이둘"})
			if c.there {
				d.sell(one, "O-1")
			}
			before, told := d.ledger(), d.people()
			importID := d.upload(imports.Orders, c.file)
			foreseen := strings.TrimPrefix(d.books(d.run(importID, job.ImportCheck)), "ready: ")
			im := d.run(importID, job.ImportCommit)
			if got := d.books(im); got != c.books || !strings.HasSuffix(got, foreseen) {
				t.Errorf("got %s, foreseen %s; want %s", got, foreseen, c.books)
			}
			same(t, "orders", d.ledger(), c.ledger)
			if im = d.run(importID, job.ImportUndo); *im.Undo != c.undo {
				t.Errorf("got undo %+v, want %+v", *im.Undo, c.undo)
			}
			same(t, "orders after the undo", d.ledger(), before)
			same(t, "timelines after the undo", d.people(), told)
		})
	}
}

func TestACrashAtAnyCallLeavesTheOrdersAsTheyShouldBe(t *testing.T) {
	d := open(t)
	file := orderHeader + "O-1,1,2026-03-01,시집,1,12000\nO-2,1,2026-03-01,공책,2,3000\nO-1,1,2026-03-01,소설,2,15000\nO-3,9,2026-03-01,시집,1,1\n"
	for at, more := 1, true; more; at++ {
		n := d.neighbour()
		n.sell(n.add(customer.Fields{ExternalID: "1", Name: "김하나"}), "O-2")
		importID := n.upload(imports.Orders, file)
		n.run(importID, job.ImportCheck)
		more = n.cut(n.start(importID, job.ImportCommit), &saw{at: at, after: at%2 == 0})
		if got, want := n.books(n.read(importID)), "partlyFailed: read 4 = created 2 + updated 1 + skipped 0 + failed 1"; got != want {
			t.Errorf("cut at %d: got %s, want %s", at, got, want)
		}
		same(t, fmt.Sprint("cut at ", at), n.ledger(), []string{"O-1|42000 KRW|1x시집,2x소설", "O-2|6000 KRW|2x공책"})
		same(t, fmt.Sprint("told, cut at ", at), n.people(), []string{"1|김하나||||order order profileCreated"})
	}
}
