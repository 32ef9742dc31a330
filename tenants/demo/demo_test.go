package demo_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/product"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/tenants/demo"
)

var now = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func place(tenant, language, currency string) *workspace.Workspace {
	return &workspace.Workspace{ID: tenant, Language: language, TimeZone: "Asia/Seoul", Currency: currency, Country: "KR"}
}

// Everything in it must pass the rules that a person's own records pass.
func TestTheSampleIsAYearOfAShop(t *testing.T) {
	for _, w := range []*workspace.Workspace{place("wsp_1", "ko", "KRW"), place("wsp_1", "en", "USD"), place("wsp_1", "en", "JPY")} {
		t.Run(w.Language+" "+w.Currency, func(t *testing.T) {
			d := demo.Make(w, now)
			if len(d.Customers) != 60 || len(d.Products) != 6 || len(d.Segments) != 2 || len(d.Ideas) != 2 {
				t.Errorf("got %d customers, %d products, %d segments, %d ideas", len(d.Customers), len(d.Products), len(d.Segments), len(d.Ideas))
			}
			if n := len(d.Orders); n < 250 || n > 400 {
				t.Errorf("got %d orders, want about 300", n)
			}
			checkRecords(t, d, w)
		})
	}
}

func checkRecords(t *testing.T, d *demo.Data, w *workspace.Workspace) {
	t.Helper()
	seen := map[string]bool{}
	once := func(p id.Prefix, key string) {
		t.Helper()
		if seen[key] || !id.Valid(p, key) {
			t.Errorf("%s comes twice or is no id", key)
		}
		seen[key] = true
	}
	for _, c := range d.Customers {
		once(id.Customer, c.ID)
		fields, err := customer.Normalise(c.Fields, w.Country)
		if err != nil || !reflect.DeepEqual(fields, c.Fields) || !c.Sample || !strings.HasSuffix(c.Email, "@example.com") || seen[c.Email] {
			t.Errorf("%+v: %v, normalised %+v", c.Customer, err, fields)
		}
		seen[c.Email] = true
		for _, s := range c.Said {
			once(id.Consent, s.ID)
		}
	}
	for _, o := range d.Orders {
		once(id.Order, o.ID)
		n, err := order.Normalise(*o, now)
		if err != nil || !n.Total.Amount.Equal(o.Total.Amount) || o.Total.Currency != w.Currency || !o.Sample || !seen[o.CustomerID] ||
			o.OrderedAt.After(now) || o.OrderedAt.Before(now.AddDate(-1, 0, -1)) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	for _, p := range d.Products {
		once(id.Product, p.ID)
		if _, err := product.Normalise(p.Fields); err != nil || !p.Sample {
			t.Errorf("%+v: %v", p, err)
		}
	}
	for _, s := range d.Segments {
		once(id.Segment, s.ID)
		if _, err := segments.Normalise(s.Fields); err != nil || !s.Sample {
			t.Errorf("%+v: %v", s, err)
		}
		if _, err := segment.Parse(s.Rule, "/rule"); err != nil {
			t.Errorf("%s: %v", s.Rule, err)
		}
	}
}

// Segments, scores and the value pyramid need something to show.
func TestTheSampleHasARhythm(t *testing.T) {
	d := demo.Make(place("wsp_1", "ko", "KRW"), now)
	byCustomer, recent, gone := map[string]int{}, map[string]int{}, map[string]bool{}
	for _, c := range d.Customers {
		gone[c.ID] = true
	}
	for _, o := range d.Orders {
		byCustomer[o.CustomerID]++
		if o.OrderedAt.After(now.AddDate(0, 0, -90)) {
			recent[o.CustomerID]++
		}
		if o.OrderedAt.After(now.AddDate(0, 0, -120)) {
			gone[o.CustomerID] = false
		}
	}
	var often, lapsed int
	for c, n := range byCustomer {
		if recent[c] >= 3 {
			often++
		}
		if n >= 2 && gone[c] {
			lapsed++
		}
	}
	if often < 5 || lapsed < 5 {
		t.Errorf("got %d customers who come often and %d who stopped, want at least 5 of each", often, lapsed)
	}
}

func TestTheSameWorkspaceGetsTheSameData(t *testing.T) {
	w := place("wsp_1", "ko", "KRW")
	if !reflect.DeepEqual(demo.Make(w, now), demo.Make(w, now)) {
		t.Error("two makings differ")
	}
	all := demo.IDsOf(w.ID)
	theirs := demo.IDsOf("wsp_2")
	if len(all.Customers) != 60 || len(all.Products) != 6 || len(all.Segments) != 2 || all.Orders[0] == theirs.Orders[0] || all.Customers[0] == theirs.Customers[0] {
		t.Errorf("got %d, %d, %d ids, or ids shared by two tenants", len(all.Customers), len(all.Products), len(all.Segments))
	}
	for _, at := range []time.Time{now, now.Add(9 * time.Hour), now.AddDate(0, 2, 3)} {
		for _, o := range demo.Make(w, at).Orders {
			if !slices.Contains(all.Orders, o.ID) {
				t.Fatalf("made at %v, order %s is not among the ids to remove", at, o.ID)
			}
		}
	}
}
