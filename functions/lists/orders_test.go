//go:build cgo

package lists_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/apikey"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// sold is an order as a test tells it: number, buyer's place in the street, amount, channel, product, days ago.
type sold struct {
	number        string
	by            int
	amount, code  string
	channel, what string
	ago           int
}

// ledger is what the street bought, the latest first.
func ledger() []sold {
	return []sold{
		{"N-1", 0, "12000", "KRW", "web", "시집", 1}, {"N-2", 1, "5000", "KRW", "Store", "Poems", 3}, {"N-3", 0, "90000", "KRW", "store", "사전", 20},
		{"N-4", 2, "12.5", "USD", "", "시집", 40}, {"", 3, "5000", "KRW", "WEB", "지도", 41}, {"N-6", 4, "-5000", "KRW", "web", "지도", 70},
	}
}

func (s *shop) sell(customerID string, o sold) string {
	s.Helper()
	total := money.Money{Amount: decimal.RequireFromString(o.amount), Currency: o.code}
	made := &order.Order{ID: s.IDs.New(id.Order), ExternalID: o.number, CustomerID: customerID, OrderedAt: s.Time.Now().AddDate(0, 0, -o.ago), Total: total, Channel: o.channel,
		Lines: []order.Line{{Name: o.what, ProductID: s.IDs.New(id.Product), Quantity: decimal.NewFromInt(1), UnitPrice: total}}}
	tx := s.tenant().Begin()
	tx.CreateOrder(made)
	s.do(tx.Commit(s.Context()))
	return made.ID
}

// trading is the settled street and its neighbours', each with its ledger; orders are the ids of the former's.
func trading(t *testing.T) (s *shop, people, orders []string) {
	s, people = settled(t)
	n := s.neighbour()
	theirs := n.come(street()...)
	n.feed(theirs...)
	for _, o := range ledger() {
		orders = append(orders, s.sell(people[o.by], o))
		n.feed(n.sell(theirs[o.by], o))
	}
	s.feed(orders...)
	return s, people, orders
}

func (s *shop) orders(query url.Values, header ...string) answer {
	s.Helper()
	return s.listed("/v1/orders", query, header...)
}

// numbers are the orders of a page by the last figure of their number; 5 has none.
func (a answer) numbers() (out string) {
	for _, d := range a.Data {
		number, has := d["externalId"].(string)
		if !has {
			number = "N-5"
		}
		out += strings.TrimPrefix(number, "N-")
	}
	return out
}

func TestAnyFieldFiltersOrders(t *testing.T) {
	s, people, orders := trading(t)
	for filter, want := range map[string]string{
		`total gte 12000`: "13", `total eq 5000`: "25", `total lt 0`: "6", `total gt "10 USD"`: "4", `total isEmpty`: "4",
		`orderedAt inLast P7D`: "12", `orderedAt before 2026-01-25 and total gt 0`: "5", `channel eq STORE`: "23", `channel isEmpty`: "4", `not channel in (web,store)`: "4",
		`product contains 시`: "14", `product eq poems`: "2", `name eq 지도`: "56", `externalId startsWith n-`: "12346", `externalId isEmpty`: "5",
		`customerId eq ` + people[0]: "13", `customerId ne ` + people[0]: "2456", `id in (` + orders[1] + `,` + orders[3] + `)`: "24",
		`customer.address.region eq 서울`: "123", `not customer.address.region eq 서울 and channel eq web`: "56", `customer.custom.size gt 5`: "46",
		`customer.kind eq business or total gt 50000`: "35", `orders.count gte 2`: "13", `orders.sum gte 100000 and channel eq web`: "1", `customer.name eq nobody`: "",
		`createdAt inLast P1D`: "123456",
	} {
		a := s.orders(values("filter", filter))
		if got := a.numbers(); got != want || a.Total != int64(len(want)) || a.NextCursor != "" {
			t.Errorf("%s: got %q of %d, want %q", filter, got, a.Total, want)
		}
	}
}

func TestAnyFieldSortsOrders(t *testing.T) {
	s, _, _ := trading(t)
	for sort, want := range map[string]string{
		"orderedAt": "654321", "-orderedAt": "123456", "externalId": "123465", "-total": "315246", "channel,orderedAt": "326514",
		"customer.name,-orderedAt": "425613", "customer.custom.size,-total": "316425",
	} {
		s.Time.Advance(time.Minute) // no rate is exceeded
		whole := s.orders(values("sort", sort))
		for limit := 1; limit <= 6; limit++ {
			var got string
			query := values("sort", sort, "limit", fmt.Sprint(limit))
			for pages := 1; ; pages++ {
				a := s.orders(query)
				if got += a.numbers(); a.Total != 6 {
					t.Errorf("by %s: %d in all", sort, a.Total)
				}
				if a.NextCursor == "" {
					break
				}
				query.Set("cursor", a.NextCursor)
			}
			if got != whole.numbers() {
				t.Errorf("by %s in pages of %d: got %s, whole %s", sort, limit, got, whole.numbers())
			}
		}
		if whole.numbers() != want {
			t.Errorf("by %s: got %s, want %s", sort, whole.numbers(), want)
		}
	}
}

func TestOrdersAreSearched(t *testing.T) {
	s, _, _ := trading(t)
	for q, want := range map[string]string{"n-3": "3", "길동": "13", "ㅎㄱㄷ": "13", "kim@": "2", "010-1234": "13", "N- anna": "4", "단골": "5", "nobody": "", "%": ""} {
		if a := s.orders(values("q", q)); a.numbers() != want || a.Total != int64(len(want)) {
			t.Errorf("%s: got %q of %d, want %q", q, a.numbers(), a.Total, want)
		}
	}
	if a := s.orders(values("q", "길동", "filter", "channel eq store", "fields", "total")); a.Total != 1 || len(a.Data[0]) != 2 {
		t.Errorf("narrowed: %v of %d", a.Data, a.Total)
	}
	if a := s.orders(values("externalId", "N-4")); a.numbers() != "4" || a.Total != 1 {
		t.Errorf("by its number: %v", a)
	}
}

func TestOrdersAreCounted(t *testing.T) {
	s, _, _ := trading(t)
	for by, want := range map[string]string{
		"channel": "web:3:12000 store:2:95000 -:1:0", "product": "시집:2:12000 지도:2:0 Poems:1:5000 사전:1:90000", "orderedAt": "2025-12:1:-5000 2026-01:2:5000 2026-02:2:95000 2026-03:1:12000",
		"customer.address.region": "서울:3:107000 부산:2:-5000 -:1:5000",
	} {
		var reply struct {
			Data []struct {
				Value   *string
				Count   int
				Revenue money.Money
			}
			Total, Groups int
		}
		s.at("/v1/orders/groups", values("by", by)).Into(t, &reply)
		var got []string
		for _, g := range reply.Data {
			if g.Value == nil {
				g.Value = new("-")
			}
			label := *g.Value
			if by == "channel" {
				label = strings.ToLower(label)
			}
			got = append(got, fmt.Sprint(label, ":", g.Count, ":", g.Revenue.Amount))
		}
		slices.Sort(got)
		s.expect(by, got, slices.Sorted(slices.Values(strings.Fields(want))))
		if reply.Total != 6 || reply.Groups != len(got) {
			t.Errorf("%s: %d of %d", by, reply.Total, reply.Groups)
		}
	}
}

// A list of all orders is the table's, and its total the lake's, also while pages are turned.
func TestThePlainListOfOrders(t *testing.T) {
	s, _, _ := trading(t)
	a := s.orders(values("limit", "4"))
	b := s.orders(values("limit", "4", "cursor", a.NextCursor))
	if a.numbers()+" "+b.numbers() != "1234 56" || a.Total != 6 || b.Total != 6 || b.NextCursor != "" {
		t.Errorf("got %s of %d, %s of %d", a.numbers(), a.Total, b.numbers(), b.Total)
	}
	if r := s.at("/v1/orders", values("sort", "total", "cursor", a.NextCursor)); r.Problem() != "cursor_invalid ?cursor:cursor_invalid" {
		t.Errorf("the cursor of another list: %s", r.Text)
	}
}

// The feed has stopped: an order just written or removed is, or is not, in the next list of who names it.
func TestAWriterReadsTheOrdersTheyWrote(t *testing.T) {
	s, people, orders := trading(t)
	fresh := s.sell(people[0], sold{number: "N-9", amount: "7000", code: "KRW", channel: "web"})
	was, err := s.tenant().Order(s.Context(), orders[0])
	s.do(err)
	tx := s.tenant().Begin()
	tx.EraseOrder(was)
	s.do(tx.Commit(s.Context()))

	query := values("filter", "channel eq web", "sort", "externalId")
	if a := s.orders(query); a.numbers() != "65" || a.Total != 3 { // one is gone, and the table says so; nothing is new
		t.Errorf("without a word: %s of %d", a.numbers(), a.Total)
	}
	recent := []string{"Dangol-Recent", fresh + "," + orders[0] + "," + id.Derived(id.Order, "nobody")}
	if a := s.orders(query, recent...); a.numbers() != "695" || a.Total != 3 {
		t.Errorf("with it: %s of %d", a.numbers(), a.Total)
	}
	if a := s.page(values("filter", "orders.count eq 2"), recent...); a.names() != "홍길동" {
		t.Errorf("customers by their orders: %s", a.names())
	}
}

// key is the secret of a key of the workspace that may do so much.
func (s *shop) key(scopes ...string) string {
	s.Helper()
	k := &apikey.Key{ID: s.IDs.New(id.APIKey), Tenant: s.tenant().ID, Name: "till", Scopes: scopes, Mode: apikey.Live, CreatedBy: s.owner.User.ID, CreatedAt: s.Time.Now()}
	secret, hint, hash, err := identity.NewAPIKeys(s.Env).Make(k.Mode)
	s.do(err)
	k.Hint, k.Hash = hint, hash
	tx := s.tenant().Begin()
	tx.CreateAPIKey(k)
	s.do(tx.Commit(s.Context()))
	return secret
}

func TestWhoMayNotReadCustomersLearnsNothingOfThem(t *testing.T) {
	s, _, _ := trading(t)
	key := s.key("orders:read")
	ask := func(path string, query url.Values) *testenv.Reply {
		return s.Do(t, testenv.Request{Method: http.MethodGet, Path: path + "?" + query.Encode(), Token: key})
	}
	for _, c := range [][3]string{{"/v1/orders", "filter", "customer.address.region eq 서울"}, {"/v1/orders", "filter", "total gt 1 or not segment eq seg_1"}, {"/v1/orders", "sort", "customer.name"},
		{"/v1/orders", "sort", "-score.revenue"}, {"/v1/orders/groups", "by", "customer.tags"}} {
		if r := ask(c[0], values(c[1], c[2])); r.Status != http.StatusForbidden || r.Problem() != "scope_missing" {
			t.Errorf("%v: %d %s", c, r.Status, r.Text)
		}
	}
	var a answer
	ask("/v1/orders", values("q", "길동")).Into(t, &a)
	if len(a.Data) != 0 || a.Total != 0 {
		t.Errorf("found by the name of who placed them: %v", a)
	}
	ask("/v1/orders", values("q", "N-3", "filter", "total gt 0", "sort", "-total")).Into(t, &a)
	if a.numbers() != "3" {
		t.Errorf("by their own number: %s", a.numbers())
	}
}

func TestRefusalsOfOrders(t *testing.T) {
	s, _, _ := trading(t)
	for _, c := range []struct{ path, name, value, want string }{
		{"/v1/orders", "filter", "colour eq red", "filter_invalid ?filter:rule_field_unknown"},
		{"/v1/orders", "filter", "email eq a", "filter_invalid ?filter:rule_field_unknown"},
		{"/v1/orders", "filter", "customer.custom.siez eq 3", "filter_invalid ?filter:rule_field_unknown"},
		{"/v1/orders", "filter", "not segment eq seg_none", "filter_invalid ?filter:rule_segment_unknown"},
		{"/v1/orders", "filter", "total eq", "filter_malformed ?filter:filter_malformed"},
		{"/v1/orders", "filter", "total eq red", "filter_invalid ?filter:rule_value_type"},
		{"/v1/orders", "sort", "product", "sort_invalid ?sort:sort_field"},
		{"/v1/orders", "sort", "customer.tags", "sort_invalid ?sort:sort_field"},
		{"/v1/orders", "fields", "colour", "fields_unknown ?fields:fields_unknown"},
		{"/v1/orders/groups", "by", "colour", "groups_invalid ?by:groups_field"},
	} {
		if r := s.at(c.path, values(c.name, c.value)); r.Status != http.StatusBadRequest || r.Problem() != c.want {
			t.Errorf("%s=%s: got %d %s, want %s", c.name, c.value, r.Status, r.Problem(), c.want)
		}
	}
}
