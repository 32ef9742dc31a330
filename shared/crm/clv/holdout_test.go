package clv_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/dangol/dangol/shared/crm/clv"
)

// Fader, Hardie and Lee 2005, section 5: 39 weeks to learn, 39 to foretell. The correlations between the customers' expected and actual purchases are
// theirs, 0.626 and 0.630; so are cumulative purchases that at the end lie 4 % (BG/NBD) and 2 % (Pareto/NBD) below the actual ones.
func TestHoldoutOfCDNOW(t *testing.T) {
	split, end := day(t, "1997-09-30"), day(t, "1998-06-30")
	bg, err := clv.Holdout(clv.FitBGNBD, days(cdnow(t)), split, end)
	if err != nil {
		t.Fatal(err)
	}
	pareto, err := clv.Holdout(clv.FitParetoNBD, days(cdnow(t)), split, end)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]struct {
		got  clv.Accuracy
		want string
	}{
		"BG/NBD":     {bg, "2357 customers 1882 actual, correlation 0.626, 78 weeks, cumulative -4 %"},
		"Pareto/NBD": {pareto, "2357 customers 1882 actual, correlation 0.630, 78 weeks, cumulative -2 %"},
	} {
		last := s.got.Weeks[len(s.got.Weeks)-1]
		got := fmt.Sprintf("%d customers %d actual, correlation %.3f, %d weeks, cumulative %.0f %%", s.got.Customers, s.got.Actual, s.got.Correlation,
			len(s.got.Weeks), 100*(last.CumulativeExpected/float64(last.CumulativeActual)-1))
		if got != s.want {
			t.Errorf("%s: got %s, want %s", name, got, s.want)
		}
	}
}

// fixed is a fit that always gives the same model, so that the sums can be done by hand.
func fixed[M clv.Model](m M) func(*clv.Cohort) (clv.Fit[M], error) {
	return func(*clv.Cohort) (clv.Fit[M], error) { return clv.Fit[M]{Model: m}, nil }
}

// foresees expects one purchase a week of everyone for ever, and knows of nobody who leaves.
type foresees struct{}

func (foresees) Expected(weeks float64) float64                { return weeks }
func (foresees) Alive(clv.Customer) float64                    { return 1 }
func (foresees) IfAlive(c clv.Customer, weeks float64) float64 { return weeks * float64(c.Repeats) }

func TestHoldoutCountsOnlyWhatCanBeForetold(t *testing.T) {
	histories := [][]clv.Day{
		{0, 7, 14, 15, 22}, // two repeats known, two to come; one of them after the end
		{3, 3, 16, 16},     // none known, one to come: a day's purchases are one
		{15, 20},           // not a customer yet at the split
		{14},               // a customer since the last day that is known
		nil,
	}
	got, err := clv.Holdout(fixed(foresees{}), histories, 14, 21)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("%d to %d, %d customers, %.0f for %d, %.0f %%, mean error %.4f, correlation %.4f", got.Split, got.End, got.Customers, got.Predicted,
		got.Actual, got.Error, got.MAE, got.Correlation)
	// Predicted 2, 0, 0; actual 1, 1, 0: mean error 2/3, correlation (2*1/3)/sqrt(8/3 * 2/3) = 0.5.
	if want := "14 to 21, 3 customers, 2 for 2, 0 %, mean error 0.6667, correlation 0.5000"; text != want {
		t.Errorf("got %s, want %s", text, want)
	}
	weeks := ""
	for _, w := range got.Weeks {
		weeks += fmt.Sprintf("%d: %d of %.2f, %d of %.2f\n", w.Last, w.Actual, w.Expected, w.CumulativeActual, w.CumulativeExpected)
	}
	want := `6: 0 of 1.29, 0 of 1.29
13: 1 of 2.00, 1 of 3.29
20: 3 of 2.86, 4 of 6.14
21: 0 of 0.43, 4 of 6.57
`
	if weeks != want {
		t.Errorf("weeks: got\n%swant\n%s", weeks, want)
	}
}

func TestTheLastThirdIsHeldOut(t *testing.T) {
	histories := [][]clv.Day{{400, 900}, {100, 300}, nil}
	if got := clv.LastThird(histories, 1000); got != 700 {
		t.Errorf("got %d, want 700", got)
	}
	if got := clv.LastThird(nil, 1000); got != 1000 {
		t.Errorf("without purchases: got %d, want 1000", got)
	}
}

func TestAHoldoutWithTooLittleToLearnFromIsNoEstimate(t *testing.T) {
	_, err := clv.Holdout(clv.FitBGNBD, [][]clv.Day{{0, 100}}, 200, 300)
	var no *clv.NoEstimate
	if !errors.As(err, &no) || no.Reason != clv.TooFewBuyers {
		t.Errorf("got %v, want too few buyers", err)
	}
	got, err := clv.Holdout(fixed(foresees{}), nil, 200, 300)
	if err != nil || got.Customers != 0 || got.Weeks != nil || math.IsNaN(got.MAE) {
		t.Errorf("nobody: got %+v %v", got, err)
	}
}

// days are those of the purchases.
func days(histories [][]clv.Purchase) (out [][]clv.Day) {
	for _, h := range histories {
		var on []clv.Day
		for _, p := range h {
			on = append(on, p.Day)
		}
		out = append(out, on)
	}
	return out
}
