package clv_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/clv"
)

// A lifetime value is the sum that its definition writes down, period by period, however it is computed.
func TestTheDiscountedSumIsThatOfItsPeriods(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, c := anyModel(t), anyCustomer(t)
		terms := clv.Yearly(rapid.IntRange(1, 3).Draw(t, "years"), rapid.Float64Range(0, 0.5).Draw(t, "discount"), 1)
		want, before, weight := 0.0, 0.0, 1.0
		for i := range terms.Periods {
			until := m.IfAlive(c, float64(i+1)*terms.Period)
			weight /= 1 + terms.Discount
			want += max(0, until-before) * weight
			before = until
		}
		if got := terms.Discounted(m, c); !near(got, m.Alive(c)*want, 1e-9) {
			t.Errorf("%#v, %+v: got %v, want %v", m, c, got, m.Alive(c)*want)
		}
	})
}
