package forecast

import (
	"errors"

	"github.com/dangol/dangol/shared/crm/clv"
	"github.com/dangol/dangol/shared/crm/score"
)

// confidence of the intervals on the card.
const confidence = 0.95

// parameter is one figure of a model under its name in the API, which is that of its paper.
type parameter[M any] struct {
	name string
	of   func(M) float64
}

var (
	ofBGNBD = []parameter[clv.BGNBD]{
		{"r", func(m clv.BGNBD) float64 { return m.R }}, {"alpha", func(m clv.BGNBD) float64 { return m.Alpha }},
		{"a", func(m clv.BGNBD) float64 { return m.A }}, {"b", func(m clv.BGNBD) float64 { return m.B }},
	}
	ofMBGNBD = []parameter[clv.MBGNBD]{
		{"r", func(m clv.MBGNBD) float64 { return m.R }}, {"alpha", func(m clv.MBGNBD) float64 { return m.Alpha }},
		{"a", func(m clv.MBGNBD) float64 { return m.A }}, {"b", func(m clv.MBGNBD) float64 { return m.B }},
	}
	ofParetoNBD = []parameter[clv.ParetoNBD]{
		{"r", func(m clv.ParetoNBD) float64 { return m.R }}, {"alpha", func(m clv.ParetoNBD) float64 { return m.Alpha }},
		{"s", func(m clv.ParetoNBD) float64 { return m.S }}, {"beta", func(m clv.ParetoNBD) float64 { return m.Beta }},
	}
	ofGammaGamma = []parameter[clv.GammaGamma]{
		{"p", func(m clv.GammaGamma) float64 { return m.P }}, {"q", func(m clv.GammaGamma) float64 { return m.Q }},
		{"gamma", func(m clv.GammaGamma) float64 { return m.Gamma }},
	}
)

// used are the models that the forecasts are of; spend is nil where there is none.
type used struct {
	purchases clv.Model
	spend     *clv.GammaGamma
}

// fit fits all models and writes them on the card, with the reason where the chosen one says nothing.
func (p Plan) fit(b *Buyers, card *score.Card) (u used, err error) {
	cohort, err := clv.NewCohort(b.customers)
	if err != nil {
		return u, err
	}
	if card.NotEnoughData, err = lack(cohort.Sufficient()); card.NotEnoughData != nil || err != nil {
		return u, err
	}
	f := &fitting{Buyers: b, cohort: cohort, card: card, used: &u}
	if f.others, err = b.sample(mostCompared); err != nil {
		return u, err
	}
	err = errors.Join(
		purchases(f, score.BGNBD, clv.FitBGNBD, ofBGNBD),
		purchases(f, score.MBGNBD, clv.FitMBGNBD, ofMBGNBD),
		purchases(f, score.ParetoNBD, clv.FitParetoNBD, ofParetoNBD),
		f.spend(),
	)
	return u, err
}

// mostCompared is how many buyers a model that is not the chosen one is fitted on at most. It is on the card to compare with, and a hundred thousand tell that as
// well as a million; Pareto/NBD alone would take longer on these than all the rest of a rebuild.
const mostCompared = 100_000

// fitting is a cohort with the card and the models that come of it.
type fitting struct {
	*Buyers
	cohort *clv.Cohort
	others *fitting // those that the models to compare with are fitted on; nil for all
	card   *score.Card
	used   *used
}

// sample takes every so many-th buyer, in the order of their ids, so that there are no more than most; nil where there are not more anyway.
func (b *Buyers) sample(most int) (*fitting, error) {
	if len(b.customers) <= most {
		return nil, nil //nolint:nilnil // all of them need no sample
	}
	step := (len(b.customers) + most - 1) / most
	out := &Buyers{end: b.end}
	for i := 0; i < len(b.customers); i += step {
		out.histories, out.customers = append(out.histories, b.histories[i]), append(out.customers, b.customers[i])
	}
	cohort, err := clv.NewCohort(out.customers)
	return &fitting{Buyers: out, cohort: cohort}, err
}

// of is what a model is fitted on: everybody where it is the chosen one.
func (f *fitting) of(name score.Model) *fitting {
	if f.others == nil || name == f.card.Chosen {
		return f
	}
	f.others.card = f.card
	return f.others
}

// purchases fits a model of purchases, tries it on the last third, and takes it where it is the chosen one.
func purchases[M clv.Model](f *fitting, name score.Model, fit func(*clv.Cohort) (clv.Fit[M], error), of []parameter[M]) error {
	entry := score.ModelFit{Model: name, Parameters: []score.Parameter{}}
	fitted, err := fit(f.of(name).cohort)
	if entry.NotEnoughData, err = lack(err); err != nil {
		return err
	}
	if entry.NotEnoughData == nil {
		estimates(&entry, fitted, of)
		if err := proof(f.of(name), &entry, fit); err != nil {
			return err
		}
	}
	if name == f.card.Chosen {
		f.used.purchases, f.card.NotEnoughData = fitted.Model, entry.NotEnoughData
	}
	f.card.Models = append(f.card.Models, entry)
	return nil
}

func (f *fitting) spend() error {
	entry := score.ModelFit{Model: score.GammaGamma, Parameters: []score.Parameter{}}
	fitted, err := clv.FitGammaGamma(f.cohort)
	if entry.NotEnoughData, err = lack(err); err != nil {
		return err
	}
	if entry.NotEnoughData == nil {
		estimates(&entry, fitted, ofGammaGamma)
		f.used.spend = &fitted.Model
	}
	f.card.Models = append(f.card.Models, entry)
	return nil
}

func estimates[M any](entry *score.ModelFit, fitted clv.Fit[M], of []parameter[M]) {
	entry.LogLikelihood, entry.Customers = fitted.LogLikelihood, fitted.Customers
	for _, p := range of {
		estimate := score.Parameter{Name: p.name, Value: p.of(fitted.Model)}
		if i, sure := fitted.Interval(confidence, p.of); sure {
			estimate.StdErr, estimate.Low, estimate.High = &i.StdErr, &i.Low, &i.High
		}
		entry.Parameters = append(entry.Parameters, estimate)
	}
}

// reasons are the words of clv in the API.
var reasons = map[clv.Reason]score.Reason{
	clv.TooFewBuyers: score.TooFewBuyers, clv.TooShortHistory: score.TooShortHistory, clv.TooFewRepeatBuyers: score.TooFewRepeatBuyers,
	clv.NotConverged: score.NotConverged,
}

// lack sorts the errors of clv: what the data lacks, and what is a defect.
func lack(err error) (*score.Lack, error) {
	var no *clv.NoEstimate
	if !errors.As(err, &no) {
		return nil, err
	}
	return &score.Lack{Reason: reasons[no.Reason], Have: no.Have, Need: no.Need}, nil
}
