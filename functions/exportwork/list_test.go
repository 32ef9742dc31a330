//go:build cgo

package exportwork_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
)

// trades brings customers and their orders: of each, number, amount, currency, channel.
func (s *shop) trades(t *store.Tenant) {
	s.Helper()
	tx := t.Begin()
	for i, f := range []customer.Fields{{Name: "=김하나", ExternalID: "K-1", Address: customer.Address{Region: "서울"}}, {Name: "이둘", ExternalID: "K-2"}} {
		c := &customer.Customer{ID: t.NewID(id.Customer), Fields: f}
		tx.CreateCustomer(c)
		for n, amount := range []string{"12000", "-2500.5", "900"}[i:] {
			total := money.Money{Amount: decimal.RequireFromString(amount), Currency: []string{"KRW", "KRW", "USD"}[n+i]}
			tx.CreateOrder(&order.Order{ID: t.NewID(id.Order), ExternalID: string(rune('A'+i)) + "-" + string(rune('1'+n)), CustomerID: c.ID, OrderedAt: s.Time.Now().Add(-time.Duration(24*n+i) * time.Hour), Total: total,
				Channel: "@web", Lines: []order.Line{{Name: "시집", ProductID: t.NewID(id.Product), Quantity: decimal.NewFromInt(1), UnitPrice: total}, {Name: "지도", Quantity: decimal.NewFromInt(1)}}})
		}
	}
	s.must(tx.Commit(s.Context()))
}

// writes runs an export of a list, and returns its record.
func (s *shop) writes(p export.Params) *export.Export {
	s.Helper()
	tx := s.Begin()
	j := tx.StartJob(job.ListExport, "", 0, p)
	s.must(tx.Commit(s.Context()))
	if ended := s.Finish(s.TB, s.Tenant, j.ID, s.worker.Handle); ended.Status != job.Succeeded {
		s.Fatalf("got %s %s", ended.Status, ended.Code)
	}
	e, err := s.Export(s.Context(), id.Derived(id.Export, s.ID, j.ID))
	s.must(err)
	return e
}

func TestAFileHasWhatTheListShows(t *testing.T) {
	s := open(t, "모두")
	s.trades(s.Tenant)
	s.trades(s.DB.Tenant(s.Owner(t, "next@shop.kr").Workspace.ID))
	orders := export.List{Subject: export.Orders}
	for name, c := range map[string]struct {
		p    export.Params
		want string
	}{
		"orders, the latest first": {export.Params{List: orders, Columns: []string{"externalId", "customerExternalId", "customerName", "total", "currency", "channel", "products"}},
			"externalId,customerExternalId,customerName,total,currency,channel,products|A-1,K-1,'=김하나,12000,KRW,'@web,시집. 지도|B-1,K-2,이둘,-2500.5,KRW,'@web,시집. 지도|A-2,K-1,'=김하나,-2500.5,KRW,'@web,시집. 지도|B-2,K-2,이둘,900,USD,'@web,시집. 지도|A-3,K-1,'=김하나,900,USD,'@web,시집. 지도"},
		"narrowed by order and by who placed it": {export.Params{List: export.List{Subject: export.Orders, Filter: "customer.address.region eq 서울 and total gte 0", Sort: "total"}, Columns: []string{"externalId", "customer.address.region"}},
			"externalId,customer.address.region|A-1,서울"},
		"searched":                               {export.Params{List: export.List{Subject: export.Orders, Search: "이둘", Sort: "externalId"}, Columns: []string{"externalId"}}, "externalId|B-1|B-2"},
		"searched by who may not read customers": {export.Params{List: export.List{Subject: export.Orders, Search: "이둘"}, Columns: []string{"externalId"}, Impersonal: true}, "externalId"},
		"without anything of customers":          {export.Params{List: export.List{Subject: export.Orders, Filter: "externalId eq A-1"}, Impersonal: true}, "id,externalId,orderedAt,customerId,products,total,currency,channel,campaignId,createdAt|"},
		"customers": {export.Params{List: export.List{Subject: export.Customers, Filter: "externalId isNotEmpty", Sort: "-name"}, Columns: []string{"name", "externalId", "address.region"}},
			"name,externalId,address.region|이둘,K-2,|'=김하나,K-1,서울"},
	} {
		t.Run(name, func(t *testing.T) {
			c.p.Format = export.CSV
			var got []string
			for _, row := range s.rows(s.writes(c.p)) {
				for i := range row {
					row[i] = strings.ReplaceAll(row[i], ", ", ". ")
				}
				got = append(got, strings.Join(row, ","))
			}
			if text := strings.Join(got, "|"); text != c.want && !(strings.HasSuffix(c.want, "|") && strings.HasPrefix(text, c.want) && len(got) == 2) {
				t.Errorf("got  %s\nwant %s", text, c.want)
			}
		})
	}
}

// TestAFileOfAListIsDescribed in every format: the manifest says of which list it is and what it has, and the file is called after the list.
func TestAFileOfAListIsDescribed(t *testing.T) {
	s := open(t, "모두")
	s.trades(s.Tenant)
	for format, has := range map[export.Format][]string{
		export.CSV: {",12000,KRW,", ",-2500.5,KRW,", s.Time.Now().UTC().Format(time.RFC3339)}, export.XLSX: {`s="0"><v>-2500.5</v></c>`, `<t xml:space="preserve">USD</t>`, "시집, 지도"},
	} {
		e := s.writes(export.Params{List: export.List{Subject: export.Orders, Filter: "channel eq @web", Sort: "-orderedAt"}, Format: format})
		file, m := s.object(s.ExportKey(e)), export.Manifest{}
		s.must(json.Unmarshal(s.object(s.ExportManifestKey(e)), &m))
		columns := slices.IndexFunc(m.Columns, func(c export.Column) bool { return c == export.Column{Name: "total", Type: "number"} })
		if m.Rows != 5 || m.Bytes != int64(len(file)) || m.List != e.List || m.Subject != export.Orders || m.SegmentID != "" || columns < 0 || e.FileName != "주문 2026-03-02."+string(format) {
			t.Errorf("%s: got %+v of %+v", format, m, e)
		}
		text := string(file)
		if format == export.XLSX {
			text = sheet(t, file)
		}
		for _, want := range has {
			if !strings.Contains(text, want) {
				t.Errorf("%s is not in the file:\n%s", want, text)
			}
		}
	}
	e := s.writes(export.Params{List: export.List{Subject: export.Orders}, Format: export.Parquet})
	if text := partsOf(t, s.object(s.ExportKey(e)), "orders"); e.Rows != 5 || strings.Count(text, `"Column":"customerId"`) != 5 || !strings.Contains(text, `{"Column":"total.amount","Value":"-2500.5"},{"Column":"total.currency","Value":"KRW"}`) {
		t.Errorf("%d rows in Parquet:\n%s", e.Rows, text)
	}
}

// TestARepeatedHopWritesTheSameList: byte for byte, days later too, as long as the lake stands still.
func TestARepeatedHopWritesTheSameList(t *testing.T) {
	s := open(t, "모두")
	s.trades(s.Tenant)
	tx := s.Begin()
	j := tx.StartJob(job.ListExport, "", 0, export.Params{List: export.List{Subject: export.Orders, Filter: "orderedAt inLast P1D"}, Format: export.CSV})
	s.must(tx.Commit(t.Context()))
	id := export.Export{ID: id.Derived(id.Export, s.ID, j.ID), Format: export.CSV}
	s.Finish(t, s.Tenant, j.ID, s.worker.Handle)
	first := s.object(s.ExportKey(&id))
	again, err := s.Job(t.Context(), j.ID)
	s.must(err)
	again.Status, again.FinishedAt = job.Running, nil // as it was before its end was written
	tx = s.Begin()
	tx.SaveJob(again, false)
	s.must(tx.Commit(t.Context()))
	s.Time.Advance(72 * time.Hour)
	s.Finish(t, s.Tenant, j.ID, s.worker.Handle)
	if second := s.object(s.ExportKey(&id)); string(second) != string(first) || strings.Count(string(first), "\n") < 4 {
		t.Errorf("got  %s\nwant %s", second, first)
	}
	if all := s.exports(); len(all) != 1 {
		t.Errorf("got %d exports", len(all))
	}
}

func TestExportsAreListedNewestFirst(t *testing.T) {
	s := open(t, "모두")
	var want []string
	for range 6 {
		s.Time.Advance(time.Minute)
		want = append([]string{s.writes(export.Params{List: export.List{Subject: export.Customers}, Format: export.CSV}).ID}, want...)
	}
	var got []string
	for _, e := range s.exports() {
		got = append(got, e.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
