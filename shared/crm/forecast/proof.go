package forecast

import (
	"github.com/dangol/dangol/shared/crm/clv"
	"github.com/dangol/dangol/shared/crm/score"
)

// proof fits the model once more, on the first two thirds of the days, and writes how well it foretold the last one. The curve is the chosen model's.
func proof[M clv.Model](f *fitting, entry *score.ModelFit, fit func(*clv.Cohort) (clv.Fit[M], error)) error {
	a, err := clv.Holdout(fit, f.histories, clv.LastThird(f.histories, f.end), f.end)
	if entry.Unproven, err = lack(err); entry.Unproven != nil || err != nil {
		return err
	}
	entry.Accuracy = &score.Accuracy{
		Split: date(a.Split), End: date(a.End), Customers: a.Customers, Predicted: a.Predicted, Actual: a.Actual,
		ErrorPercent: a.Error, MeanError: a.MAE, Correlation: a.Correlation,
	}
	if entry.Model == f.card.Chosen {
		f.card.Curve = curve(a.Weeks)
	}
	return nil
}

// mostPoints bounds the curve of a shop of many years: a card stays one small record.
const mostPoints = 120

// curve takes every week, or every n-th counted from the last.
func curve(weeks []clv.Week) []score.CurveWeek {
	step := (len(weeks) + mostPoints - 1) / mostPoints
	out := []score.CurveWeek{}
	for i, w := range weeks {
		if (len(weeks)-1-i)%step == 0 {
			out = append(out, score.CurveWeek{Day: date(w.Last), Actual: w.CumulativeActual, Expected: w.CumulativeExpected})
		}
	}
	return out
}
