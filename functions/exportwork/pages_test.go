//go:build cgo

package exportwork

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/lake/sheet"
	"github.com/dangol/dangol/shared/testkit/lakekit"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// TestAListIsWrittenByPages: each order once and in order, however the pages fall; also those that come while it is written are left out, since all pages are of one state.
func TestAListIsWrittenByPages(t *testing.T) {
	p := testenv.New(t)
	p.Files(t)
	tenant := p.DB.Tenant(p.Owner(t, "mina@shop.kr").Workspace.ID)
	lakekit.Open(t, p.Env, p.Engine)
	sell := func(n int) {
		tx := tenant.Begin()
		c := &customer.Customer{ID: tenant.NewID(id.Customer), Fields: customer.Fields{Name: "김단골"}}
		tx.CreateCustomer(c)
		for i := range n {
			tx.CreateOrder(&order.Order{ID: tenant.NewID(id.Order), CustomerID: c.ID, OrderedAt: p.Time.Now().AddDate(0, 0, -i/3), Total: money.Money{Amount: decimal.NewFromInt(int64(i % 2)), Currency: "KRW"}})
		}
		if err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	sell(12)
	a, err := audience.Over(p.Env, tenant)
	if err != nil {
		t.Fatal(err)
	}
	of, _ := sheet.Of(export.Orders)
	n, err := a.Narrowed(t.Context(), of.Read, "", "")
	if err != nil {
		t.Fatal(err)
	}
	var whole []string
	for _, limit := range []int{100, 12, 5, 4, 1} {
		var got []string
		q := sheet.Query{Rule: n.Rule, Sort: rules.Sorts("-total,orderedAt", of.PathOf), Limit: limit}
		err := ofList(a, of, n.World, q)(t.Context(), []string{"o.id"}, func(row []any) error {
			if len(got) == 2 && limit == 1 {
				sell(1)
			}
			got = append(got, fmt.Sprint(row...))
			return nil
		})
		if whole == nil {
			whole = got
		}
		if err != nil || len(got) != 12 || !slices.Equal(got, whole) {
			t.Errorf("by %d: got %v, %v, want %v", limit, got, err, whole)
		}
	}
}
