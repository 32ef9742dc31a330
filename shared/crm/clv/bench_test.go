package clv_test

import (
	"testing"

	"github.com/dangol/dangol/shared/crm/clv"
)

// The size of the whole CDNOW data, 23,570 customers, and that of a large shop with two years, with and without the making of the cohort.
func BenchmarkFit(b *testing.B) {
	for _, size := range []struct {
		name    string
		n, days int
	}{{"CDNOW", 23_570, 545}, {"million", 1_000_000, 730}} {
		customers := simulated(pareto, size.n, size.days)
		c := cohort(b, customers)
		for _, fit := range []struct {
			name string
			run  func() error
		}{
			{"cohort", func() error { _, err := clv.NewCohort(customers); return err }},
			{"BGNBD", func() error { _, err := clv.FitBGNBD(c); return err }},
			{"MBGNBD", func() error { _, err := clv.FitMBGNBD(c); return err }},
			{"ParetoNBD", func() error { _, err := clv.FitParetoNBD(c); return err }},
			{"GammaGamma", func() error { _, err := clv.FitGammaGamma(c); return err }},
		} {
			b.Run(size.name+"/"+fit.name, func(b *testing.B) {
				for b.Loop() {
					if err := fit.run(); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(c.Rows()), "rows")
			})
		}
	}
}

// Predictions for a million: alive, purchases of 13 weeks, spend and the value of a year in 13 periods.
func BenchmarkPredictMillion(b *testing.B) {
	customers := simulated(pareto, 1_000_000, 730)
	for name, m := range map[string]clv.Model{"BGNBD": easy, "MBGNBD": modified, "ParetoNBD": pareto} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				clv.Predict(m, &amounts, customers, 13, clv.Yearly(1, 0.15, 0.3))
			}
		})
	}
}
