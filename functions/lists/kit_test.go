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

	"github.com/dangol/dangol/functions/lists"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// shop is a workspace with its lists. Its lake has what was fed to it, and no more.
type shop struct {
	testing.TB
	*testenv.Place
	*testenv.Server
	owner *testenv.Owner
}

func open(t testing.TB) *shop {
	t.Helper()
	p := testenv.New(t)
	blobs, err := dir.New(t.TempDir(), func() string { return "https://dangol.test" }, make([]byte, 32), p.Clock)
	if err != nil {
		t.Fatal(err)
	}
	lakes, err := duck.New(duck.Subjects(), duck.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = blobs.Close(), lakes.Close() })
	p.Blob, p.Lakes = blobs, lakes
	return &shop{t, p, p.Serve(t, lists.New(p.Env)), p.Owner(t, "mina@shop.kr")}
}

// neighbour is another workspace of the same place.
func (s *shop) neighbour() *shop {
	n := *s
	n.owner = s.Owner(s.TB, strings.ToLower(s.IDs.New(id.User))+"@shop.kr")
	return &n
}

func (s *shop) tenant() *store.Tenant { return s.DB.Tenant(s.owner.Workspace.ID).As("test") }

func (s *shop) do(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// come adds customers, a second apart, and returns their ids.
func (s *shop) come(people ...customer.Fields) (ids []string) {
	s.Helper()
	for _, f := range people {
		s.Time.Advance(time.Second)
		c := &customer.Customer{ID: s.IDs.New(id.Customer), Fields: f}
		tx := s.tenant().Begin()
		tx.CreateCustomer(c)
		s.do(tx.Commit(s.Context()))
		ids = append(ids, c.ID)
	}
	return ids
}

func (s *shop) change(customerID string, how func(*customer.Customer)) {
	s.Helper()
	was, err := s.tenant().Customer(s.Context(), customerID)
	s.do(err)
	c := *was
	how(&c)
	tx := s.tenant().Begin()
	tx.SaveCustomer(was, &c)
	s.do(tx.Commit(s.Context()))
}

func (s *shop) archive(customerID string) {
	s.Helper()
	was, err := s.tenant().Customer(s.Context(), customerID)
	s.do(err)
	tx := s.tenant().Begin()
	tx.ArchiveCustomer(was)
	s.do(tx.Commit(s.Context()))
}

// buy records an order of so many won and returns its id.
func (s *shop) buy(customerID, won string) string {
	s.Helper()
	total, err := money.Parse(won, "KRW")
	s.do(err)
	o := &order.Order{ID: s.IDs.New(id.Order), CustomerID: customerID, OrderedAt: s.Time.Now(), Total: total}
	tx := s.tenant().Begin()
	tx.CreateOrder(o)
	s.do(tx.Commit(s.Context()))
	return o.ID
}

// feed brings records into the lake, as the change feed does by and by.
func (s *shop) feed(ids ...string) {
	s.Helper()
	items, err := s.tenant().RecordsByID(s.Context(), ids)
	s.do(err)
	controls, err := s.tenant().ControlsByID(s.Context(), ids) // of campaigns; nothing else has one
	s.do(err)
	var rows []lake.Row
	for _, it := range slices.DeleteFunc(append(items, controls...), func(it *table.Item) bool { return it == nil }) {
		of, err := lake.ItemRows(table.CRM, it, s.Time.Now())
		s.do(err)
		rows = append(rows, of...)
	}
	_, err = lake.WriteDelta(s.Context(), s.Objects(s.tenant().ID), s.tenant().ID, rows)
	s.do(err)
}

func (s *shop) get(query url.Values, header ...string) *testenv.Reply {
	s.Helper()
	return s.at("/v1/customers", query, header...)
}

func (s *shop) at(path string, query url.Values, header ...string) *testenv.Reply {
	s.Helper()
	return s.Do(s.TB, testenv.Request{Method: http.MethodGet, Path: path + "?" + query.Encode(), Token: s.owner.Token, Header: header})
}

// answer is a page of a list.
type answer struct {
	Data       []map[string]any
	NextCursor string
	Total      int64
}

func (s *shop) page(query url.Values, header ...string) answer {
	s.Helper()
	return s.listed("/v1/customers", query, header...)
}

// listed reads a page of the list at a path.
func (s *shop) listed(path string, query url.Values, header ...string) (out answer) {
	s.Helper()
	r := s.at(path, query, header...)
	if r.Status != http.StatusOK {
		s.Fatalf("%v: %d %s", query, r.Status, r.Text)
	}
	r.Into(s.TB, &out)
	return out
}

func (a answer) names() string {
	var out []string
	for _, d := range a.Data {
		out = append(out, fmt.Sprint(d["name"]))
	}
	return strings.Join(out, " ")
}

// turn reads a list to its end.
func (s *shop) turn(query url.Values) (names []string, pages int) {
	s.Helper()
	query = url.Values(map[string][]string(query))
	for pages = 1; ; pages++ {
		a := s.page(query)
		names = append(names, strings.Fields(a.names())...)
		if a.NextCursor == "" {
			return names, pages
		}
		query.Set("cursor", a.NextCursor)
	}
}

func (s *shop) expect(what string, got, want []string) {
	s.Helper()
	if !slices.Equal(got, want) {
		s.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func values(pairs ...string) url.Values {
	out := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}
