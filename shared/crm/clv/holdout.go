package clv

import (
	"cmp"
	"math"
	"slices"
)

// Accuracy says how well a model that knew only the first days foretold the rest.
type Accuracy struct {
	Split       Day     // last day that the model knew
	End         Day     // last day that was foretold
	Customers   int     // who had bought by the split; later ones are in none of the figures
	Predicted   float64 // repeat purchases of all of them after the split
	Actual      int
	Error       float64 // 100 (predicted-actual)/actual: percent, negative where too little was foretold; 0 where nothing was bought
	MAE         float64 // mean over the customers of |predicted-actual|
	Correlation float64 // Pearson's, between the customers' predicted and actual purchases; 0 where either does not vary
	Weeks       []Week  // all days from the first purchase, for a chart
}

// Week is a point of the chart of repeat purchases. Actual and expected are of the customers of the accuracy; expected is the model's for the whole cohort by
// the days of first purchase alone, without the histories.
type Week struct {
	Last               Day // of the week; the last week can be shorter
	Actual             int
	Expected           float64
	CumulativeActual   int
	CumulativeExpected float64
}

// LastThird returns the day that ends the first two thirds of the time from the first purchase of all up to end. A history is the days on which a customer bought.
func LastThird(histories [][]Day, end Day) (split Day) {
	first := end
	for _, h := range histories {
		for _, day := range h {
			first = min(first, day)
		}
	}
	return first + (end-first)*2/3
}

// Holdout fits a model on the purchases up to and with the day split, and compares what it foretells with the purchases up to and with end. A
// history is the days on which a customer bought, in any order. Errors are those of the fit.
func Holdout[M Model](fit func(*Cohort) (Fit[M], error), histories [][]Day, split, end Day) (Accuracy, error) {
	t := test{split: split, end: end}
	for _, h := range histories {
		t.take(upTo(h, end))
	}
	cohort, err := NewCohort(t.customers)
	if err != nil {
		return Accuracy{}, err
	}
	fitted, err := fit(cohort)
	if err != nil {
		return Accuracy{}, err
	}
	return t.accuracy(fitted.Model), nil
}

// test is what is known of the customers on both sides of the split.
type test struct {
	split, end Day
	customers  []Customer
	actual     []float64 // purchases after the split, per customer
	firsts     []Day     // first purchase, per customer
	repeats    []Day     // all repeat purchases of all
}

func (t *test) take(days []Day) {
	known := upTo(days, t.split)
	if len(known) == 0 {
		return
	}
	t.customers = append(t.customers, counted(known, t.split))
	t.actual = append(t.actual, float64(len(days)-len(known)))
	t.firsts = append(t.firsts, days[0])
	t.repeats = append(t.repeats, days[1:]...)
}

func (t *test) accuracy(m Model) Accuracy {
	a := Accuracy{Split: t.split, End: t.end, Customers: len(t.customers), Weeks: t.weeks(m)}
	predicted := make([]float64, len(t.customers))
	horizon := weeks(t.split, t.end)
	inChunks(len(predicted), func(_, from, to int) {
		for i := from; i < to; i++ {
			predicted[i] = Conditional(m, t.customers[i], horizon)
		}
	})
	actual := 0.0
	for i, p := range predicted {
		a.Predicted += p
		actual += t.actual[i]
		a.MAE += math.Abs(p-t.actual[i]) / float64(len(predicted))
	}
	a.Actual = int(actual)
	if actual > 0 {
		a.Error = 100 * (a.Predicted - actual) / actual
	}
	a.Correlation = correlation(predicted, t.actual)
	return a
}

// correlation is Pearson's.
func correlation(a, b []float64) float64 {
	meanA, meanB := mean(a), mean(b)
	var ab, aa, bb float64
	for i := range a {
		da, db := a[i]-meanA, b[i]-meanB
		ab, aa, bb = ab+da*db, aa+da*da, bb+db*db
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

func mean(values []float64) (m float64) {
	for _, v := range values {
		m += v / float64(len(values))
	}
	return m
}

// weeks counts what happened and what the model expects of customers with these first days, week by week.
func (t *test) weeks(m Model) (out []Week) {
	slices.Sort(t.repeats)
	born := counts(t.firsts)
	if len(born) == 0 {
		return nil
	}
	expected := expectations(m, int(t.end-born[0].day))
	for last := born[0].day + DaysPerWeek - 1; ; last += DaysPerWeek {
		w := Week{Last: min(last, t.end)}
		for _, b := range born {
			if b.day < w.Last {
				w.CumulativeExpected += b.n * expected[w.Last-b.day]
			}
		}
		w.CumulativeActual, _ = slices.BinarySearch(t.repeats, w.Last+1)
		w.Actual, w.Expected = w.CumulativeActual, w.CumulativeExpected
		if n := len(out); n > 0 {
			w.Actual -= out[n-1].CumulativeActual
			w.Expected -= out[n-1].CumulativeExpected
		}
		out = append(out, w)
		if w.Last == t.end {
			return out
		}
	}
}

// births are customers whose first purchase was on the day.
type births struct {
	day Day
	n   float64
}

func counts(days []Day) (out []births) {
	n := map[Day]float64{}
	for _, d := range days {
		n[d]++
	}
	for d, many := range n {
		out = append(out, births{d, many})
	}
	slices.SortFunc(out, func(a, b births) int { return cmp.Compare(a.day, b.day) })
	return out
}

// expectations are E[X(t)] for t of 0 up to the days.
func expectations(m Model, days int) []float64 {
	out := make([]float64, days+1)
	for d := range out {
		out[d] = m.Expected(float64(d) / DaysPerWeek)
	}
	return out
}
