package order_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/origin"
)

// TestReadReadsWhatJSONReads: to the last digit, with the lines, for texts with escapes and currencies of all kinds.
func TestReadReadsWhatJSONReads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := func(name string) string {
			return rapid.SampledFrom([]string{"", "원두", `5" tray`, "a,b", "<tea>", `back\slash`, "\u2028"}).Draw(t, name)
		}
		number := func(name string) decimal.Decimal {
			return decimal.New(rapid.Int64Range(-1e11, 1e11).Draw(t, name), -rapid.Int32Range(0, 4).Draw(t, name+"Places"))
		}
		amount := func(name string) money.Money {
			if rapid.IntRange(0, 9).Draw(t, name+"None") == 0 {
				return money.Money{}
			}
			return money.Money{Amount: number(name), Currency: rapid.SampledFrom([]string{"KRW", "USD", "JPY", "CHF"}).Draw(t, name+"Currency")}
		}
		at := func(name string) time.Time {
			zone := rapid.SampledFrom([]*time.Location{time.UTC, time.FixedZone("", 9*60*60)}).Draw(t, name+"Zone")
			return time.UnixMilli(rapid.Int64Range(0, 4e12).Draw(t, name)).In(zone)
		}
		want := order.Order{ID: word("id"), ExternalID: word("externalId"), CustomerID: word("customerId"), OrderedAt: at("orderedAt"), Total: amount("total"),
			Channel: word("channel"), CampaignID: word("campaignId"), Sample: rapid.Bool().Draw(t, "sample"), CreatedAt: at("createdAt")}
		for range rapid.IntRange(0, 3).Draw(t, "lines") {
			want.Lines = append(want.Lines, order.Line{ProductID: word("productId"), Name: word("name"), Quantity: number("quantity"), UnitPrice: amount("unitPrice")})
		}
		if rapid.Bool().Draw(t, "imported") {
			want.Origin = origin.By("imp_1", rapid.Int64Range(0, 9).Draw(t, "row"), 3)
		}
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		same(t, text)
	})
	for _, text := range []string{``, `{}`, `x`, `{"id":"a"}`, `{"customerId":"c","id":"a"}`, `{"id":"a","customerId":"c","orderedAt":"no time","total":{"amount":"1","currency":"KRW"},"createdAt":"2026-03-02T12:00:00Z"}`,
		`{"id":"a","customerId":"c","orderedAt":"2026-03-02T12:00:00Z","total":{"amount":"1.00005","currency":"KRW"},"createdAt":"2026-03-02T12:00:00Z"}`,
		`{"id":"a","customerId":"c","orderedAt":"2026-03-02T12:00:00Z","lines":[],"total":{"amount":"1","currency":"KRW"},"createdAt":"2026-03-02T12:00:00Z"}`,
		`{"id":"a","customerId":"c","orderedAt":"2026-03-02T12:00:00Z","total":{"amount":"9999999999999","currency":"KRW"},"createdAt":"2026-03-02T12:00:00Z"}`} {
		same(t, []byte(text))
	}
}

func same(t interface{ Errorf(string, ...any) }, text []byte) {
	var want order.Order
	wantErr := json.Unmarshal(text, &want)
	got, err := order.Read(text)
	if (err == nil) != (wantErr == nil) {
		t.Errorf("%s: got %v, want %v", text, err, wantErr)
	}
	if err == nil && !reflect.DeepEqual(plain(got), plain(&want)) {
		t.Errorf("%s:\ngot  %+v\nwant %+v", text, plain(got), plain(&want))
	}
}

// plain writes decimals and moments in the one form that each value has.
func plain(o *order.Order) order.Order {
	out := *o
	out.OrderedAt, out.CreatedAt, out.Total.Amount = out.OrderedAt.UTC(), out.CreatedAt.UTC(), decimal.RequireFromString(out.Total.Amount.String())
	out.Lines = nil
	for _, l := range o.Lines {
		l.Quantity, l.UnitPrice.Amount = decimal.RequireFromString(l.Quantity.String()), decimal.RequireFromString(l.UnitPrice.Amount.String())
		out.Lines = append(out.Lines, l)
	}
	return out
}
