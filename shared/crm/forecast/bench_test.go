package forecast_test

import (
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/score"
)

// A rebuild of 100,000 customers: what the forecasts add to the scores that were there before them.
func BenchmarkRebuild(b *testing.B) {
	customers := regulars(b, 100_000)
	p := plan(b, "2025-12-31")
	b.Run("scores", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			score.Compute(time.Date(2025, 12, 31, 0, 0, 0, 0, seoul), seoul, "KRW", customers)
		}
	})
	b.Run("forecasts", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			add(b, p, customers)
		}
	})
}
