package orders_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/dangol/dangol/functions/orders"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/product"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// shop is a workspace in won with one customer, A, and one product of 12,000 won.
type shop struct {
	testing.TB
	*testenv.Place
	*testenv.Server
	*store.Tenant
	token, customer, product string
}

func open(t testing.TB) *shop {
	t.Helper()
	p := testenv.New(t)
	owner := p.Owner(t, "mina@shop.kr")
	s := &shop{TB: t, Place: p, Server: p.Serve(t, orders.New(p.Env)), Tenant: p.DB.Tenant(owner.Workspace.ID).As("test"), token: owner.Token}
	s.customer, s.product = s.NewID(id.Customer), s.NewID(id.Product)
	price, err := money.Parse("12000", "KRW")
	if err != nil {
		t.Fatal(err)
	}
	tx := s.Begin()
	tx.CreateCustomer(&customer.Customer{ID: s.customer, Fields: customer.Fields{Name: "김단골", ExternalID: "A"}})
	tx.CreateProduct(&product.Product{ID: s.product, Fields: product.Fields{Name: "시집", Price: price}})
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *shop) call(method, path string, body any, header ...string) *testenv.Reply {
	s.Helper()
	return s.Do(s.TB, testenv.Request{Method: method, Path: path, Token: s.token, Body: body, Header: header})
}

type object = map[string]any

// with is an order of A with these members.
func with(more object) object {
	o := object{"customerExternalId": "A", "orderedAt": "2026-03-01T10:00:00+09:00"}
	for k, v := range more {
		if o[k] = v; v == nil {
			delete(o, k)
		}
	}
	return o
}

func lines(l ...any) object { return object{"lines": l} }

// held lists every order: externalId, total, lines.
func (s *shop) held() (out []string) {
	s.Helper()
	all, _, err := s.Orders(s.Context(), store.Page{Limit: 100})
	if err != nil {
		s.Fatal(err)
	}
	for _, o := range all {
		out = append(out, fmt.Sprintf("%s %s %s, %d lines", o.ExternalID, o.Total.Text(), o.Total.Currency, len(o.Lines)))
	}
	return out
}

func TestWhatAnOrderComesTo(t *testing.T) {
	s := open(t)
	won, dollars := object{"amount": "12.50", "currency": "KRW"}, object{"amount": "12.50", "currency": "USD"}
	for name, c := range map[string]struct {
		order object
		want  string // the total, or the refusal
	}{
		"the sum of its lines":                      {with(lines(object{"name": "a", "quantity": 2, "unitPrice": "1000"}, object{"name": "b", "unitPrice": "500"})), "2500 KRW"},
		"a part of a kilogram":                      {with(lines(object{"name": "원두", "quantity": "0.333", "unitPrice": "30000"})), "9990 KRW"},
		"a return":                                  {with(lines(object{"name": "a", "quantity": -1, "unitPrice": "1000"})), "-1000 KRW"},
		"what was paid, though the lines say more":  {with(object{"total": "1800", "lines": []any{object{"name": "a", "quantity": 2, "unitPrice": "1000"}}}), "1800 KRW"},
		"a bare amount is in the workspace's money": {with(object{"total": "1000"}), "1000 KRW"},
		"a bare amount is in the order's currency":  {with(object{"total": "9.99", "currency": "USD"}), "9.99 USD"},
		"an amount may name its currency":           {with(object{"total": dollars, "currency": "USD"}), "12.50 USD"},
		"a product gives its name and price":        {with(lines(object{"productId": "", "quantity": 3})), "36000 KRW"},
		"a product at another price":                {with(lines(object{"productId": "", "unitPrice": "10000"})), "10000 KRW"},
		"no total and no lines":                     {with(nil), "validation_failed /total:required_missing"},
		"a line in another currency":                {with(object{"total": "1", "lines": []any{object{"name": "a", "unitPrice": dollars}}}), "validation_failed /lines/0/unitPrice:currency_mixed"},
		"lines in two currencies":                   {with(lines(object{"name": "a", "unitPrice": won}, object{"name": "b", "unitPrice": dollars})), "validation_failed /lines/1/unitPrice:currency_mixed"},
		"a product priced in another currency":      {with(object{"currency": "USD", "total": "1", "lines": []any{object{"productId": ""}}}), "validation_failed /lines/0/unitPrice:currency_mixed"},
		"a currency that is none":                   {with(object{"currency": "WON", "total": "1000"}), "validation_failed /total:currency_unknown"},
		"a product that is not there":               {with(lines(object{"productId": "prd_01KJQ6PSG02X9YPKYC3QEKNM3P"})), "validation_failed /lines/0/productId:product_not_found"},
		"a customer who is not there":               {with(object{"customerExternalId": "B", "total": "1"}), "validation_failed /customerExternalId:customer_not_found"},
		"nobody's order":                            {with(object{"customerExternalId": nil, "total": "1"}), "validation_failed /customerId:required_missing"},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(s.held())
			for _, l := range linesOf(c.order) {
				if l["productId"] == "" {
					l["productId"] = s.product
				}
			}
			r := s.call(http.MethodPost, "/v1/orders", c.order)
			got, made := r.Problem(), 0
			if r.Status == http.StatusCreated {
				got, made = fmt.Sprint(r.At("total", "amount"), " ", r.At("total", "currency")), 1
			}
			if got != c.want {
				t.Errorf("got %d %s (%s), want %s", r.Status, got, r.Text, c.want)
			}
			if after := len(s.held()); after != before+made {
				t.Errorf("got %d orders, want %d", after, before+made)
			}
		})
	}
}

func linesOf(o object) (out []object) {
	all, _ := o["lines"].([]any)
	for _, l := range all {
		out = append(out, l.(object))
	}
	return out
}

func TestABatchReplacesByTheShopsNumber(t *testing.T) {
	s := open(t)
	send := func(items ...object) string {
		t.Helper()
		r := s.call(http.MethodPost, "/v1/orders/batch", object{"data": items})
		var reply struct{ Data []struct{ Status, ID string } }
		r.Into(t, &reply)
		var out []string
		for _, d := range reply.Data {
			out = append(out, d.Status)
		}
		return strings.Join(out, " ")
	}
	one := with(object{"externalId": "1", "lines": []any{object{"name": "a", "unitPrice": "1000"}, object{"name": "b", "unitPrice": "500"}}})
	for _, c := range []struct {
		items []object
		want  string
		held  []string
	}{
		{[]object{one}, "created", []string{"1 1500 KRW, 2 lines"}},
		{[]object{one}, "updated", []string{"1 1500 KRW, 2 lines"}},
		{[]object{with(object{"externalId": "1", "total": "700"}), with(object{"total": "1"}), with(object{"externalId": "2", "customerExternalId": "B", "total": "1"})},
			"updated failed failed", []string{"1 700 KRW, 0 lines"}},
		{[]object{with(object{"externalId": "1", "total": "1"}), with(object{"externalId": "1", "total": "2"}), with(object{"externalId": "1", "total": "3"})},
			"updated updated updated", []string{"1 3 KRW, 0 lines"}},
	} {
		if got := send(c.items...); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
		if got := s.held(); strings.Join(got, ";") != strings.Join(c.held, ";") {
			t.Errorf("got %q, want %q", got, c.held)
		}
	}
	moved := with(object{"externalId": "1", "total": "3", "orderedAt": "2026-02-01T00:00:00Z"})
	send(moved)
	entries, _, err := s.Timeline(t.Context(), s.customer, store.Page{Limit: 10})
	if err != nil || len(entries) != 2 || entries[1].Type != "order" || entries[1].At.Month() != 2 {
		t.Errorf("got timeline %+v, %v, want the order once, at its new time", entries, err)
	}
}
