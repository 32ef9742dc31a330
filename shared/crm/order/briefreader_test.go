package order_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
)

func TestBriefReaderReadsWhatJSONReads(t *testing.T) {
	r := order.NewBriefReader()
	rapid.Check(t, func(t *rapid.T) {
		want := order.Brief{
			ID: "ord_1", CustomerID: rapid.String().Draw(t, "customer"),
			OrderedAt: time.UnixMilli(rapid.Int64Range(0, 4e12).Draw(t, "at")).UTC(),
			Total: money.Money{Amount: decimal.New(rapid.Int64Range(-1e11, 1e11).Draw(t, "amount"), -rapid.Int32Range(0, 4).Draw(t, "places")),
				Currency: rapid.SampledFrom([]string{"KRW", "USD", "JPY"}).Draw(t, "currency")},
			Products: rapid.SliceOfN(rapid.SampledFrom([]string{"원두", `5" tray`, "a,b", "<tea>"}), 0, 3).Draw(t, "products"),
			Channel:  rapid.SampledFrom([]string{"", "web", `back\slash`}).Draw(t, "channel"), CampaignID: rapid.SampledFrom([]string{"", "cmp_1"}).Draw(t, "campaign"),
		}
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var plain order.Brief
		if err := json.Unmarshal(text, &plain); err != nil {
			t.Fatal(err)
		}
		plain.ID = ""
		got, err := r.Read(text)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := inJSON(t, got), inJSON(t, plain); a != b {
			t.Fatalf("got %s, want %s", a, b)
		}
	})
}

func TestBriefReaderRefusesWhatJSONRefuses(t *testing.T) {
	for _, text := range []string{"", "{", `{"i":"a","c":"b"`, `{"i":"a","c":"b","t":"yesterday","m":{"amount":"1","currency":"KRW"}}`, `{"m":{"amount":"x","currency":"KRW"}}`} {
		if b, err := order.NewBriefReader().Read([]byte(text)); err == nil {
			t.Errorf("%q was read as %+v", text, b)
		}
	}
}

func inJSON(t *rapid.T, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func BenchmarkBriefReader(b *testing.B) {
	text := []byte(`{"i":"ord_01M824BS11TATR9D3XWGYGG66Q","c":"cus_01M824BS11TATR9D3XWGYGG66Q","t":"2026-10-28T00:00:00Z","m":{"amount":"13.00","currency":"USD"},"p":["원두"]}`)
	r := order.NewBriefReader()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Read(text); err != nil {
			b.Fatal(err)
		}
	}
}
