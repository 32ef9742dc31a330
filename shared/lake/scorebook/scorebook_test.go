package scorebook_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/lake/scorebook"
	"github.com/dangol/dangol/shared/store"
)

// Every score of a book of several blocks is found as it was written, and nobody else; the bands of all are those of their scores.
func TestABookHasEveryScoreAsItWas(t *testing.T) {
	objects, err := dir.New(t.TempDir(), func() string { return "" }, []byte("0123456789abcdef"), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = objects.Close() })
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	customers := make([]score.Input, 1300)
	for i := range customers {
		customers[i].CustomerID = fmt.Sprintf("cus_%05d", 2*i)
		if i%7 > 0 {
			customers[i].Orders = []order.Sale{{At: day.AddDate(0, 0, -i%400).UnixMilli(), Units: 10_000 * int64(i), Currency: order.CodeOf("KRW")}}
		}
	}
	scores, _ := score.Compute(day, time.UTC, "KRW", customers)
	scores.Forecasts(365)
	for i := range scores.Len() {
		scores.Place(i, lifecycle.Prospect, lifecycle.NeverBought)
		scores.Follow(i, lifecycle.Standing{LifecycleStage: lifecycle.Prospect, LifecycleSince: "2026-01-31"}, "")
		if i%3 > 0 {
			scores.Lack(i, score.TooFewBuyers)
		} else {
			scores.Forecast(i, score.Forecast{Alive: float64(i) / 1300, Orders: 1.5, Spend: 1000, Value: 2000})
		}
	}
	b, err := scorebook.Write(t.Context(), objects, "book", scores)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, 1, 511, 512, 1023, 1024, 1299} {
		got, err := scorebook.Find(t.Context(), objects, b, customers[i].CustomerID)
		if want := scores.At(i); err != nil || got == nil || text(got) != text(&want) {
			t.Errorf("%d: got %s, %v, want %s", i, text(got), err, text(&want))
		}
	}
	for _, id := range []string{"cus_", "cus_00001", "cus_01023", "cus_99999"} {
		if got, err := scorebook.Find(t.Context(), objects, b, id); err != nil || got != nil {
			t.Errorf("%s: got %v, %v", id, got, err)
		}
	}
	bands, err := scorebook.ReadBands(t.Context(), objects, b)
	if err != nil || len(bands) != scores.Len() {
		t.Fatalf("got %d bands, %v", len(bands), err)
	}
	at := 0
	err = scorebook.Each(t.Context(), objects, b, func(s *store.ScoredCustomer) error {
		if want := scorebook.BandsOf(s.CustomerID, &s.Score); !reflect.DeepEqual(bands[at], want) || s.CustomerID != customers[at].CustomerID {
			t.Errorf("%d: got %+v, want %+v", at, bands[at], want)
		}
		at++
		return nil
	})
	if err != nil || at != scores.Len() {
		t.Errorf("read %d, %v", at, err)
	}
}

func text(s *score.Score) string {
	if s == nil {
		return "none"
	}
	out := fmt.Sprintf("%s %v %s %+v", s.AsOf, s.NotEnoughData, s.NoForecast, s.Standing)
	if s.RFM != nil {
		out += fmt.Sprintf(" %d%d%d %s", s.RFM.R, s.RFM.F, s.RFM.M, s.RFM.Revenue.Text())
	}
	if s.PAlive != nil {
		out += fmt.Sprintf(" %v %v %s", *s.PAlive, *s.ExpectedOrders, s.LifetimeValue.Text())
	}
	return out
}
