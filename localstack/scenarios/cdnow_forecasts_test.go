package scenarios_test

import (
	"fmt"
	"math"
	"time"

	"github.com/dangol/dangol/shared/testkit/partner"
)

// modelCard is what this story reads of a model card.
type modelCard struct {
	AsOf, Chosen         string
	Buyers, RepeatBuyers int
	NotEnoughData        *lack
	Definition           string
	Curve                []struct{ Day string }
	Terms                struct{ HorizonDays, DiscountPercent, MarginPercent float64 }
	Models               []struct {
		Model         string
		Parameters    []struct{ Value, Low, High float64 }
		LogLikelihood float64
		Accuracy      *struct{ Actual int }
		Words         struct{ Says, Source, Limits string }
	}
}

type lack struct {
	Reason     string
	Have, Need int
}

// published are the estimates of the papers on the 39 weeks to 1997-09-30: Fader, Hardie and Lee 2005, table 2; MBG/NBD as the R package BTYDplus has them
// (it prints no likelihood); Fader and Hardie 2013 for Gamma-Gamma.
const published = `bgNbd 0.243 4.414 0.793 2.426
mbgNbd 0.525 6.183 0.891 1.614
paretoNbd 0.553 10.578 0.606 11.669
gammaGamma 6.25 3.74 15.44
likelihoods -9582.4 -9595.0 -4055.9
`

// forecasts rebuilds as of the last day on which the papers estimate, and holds model card, customers and segments against what they print.
func (s *cdnow) forecasts() {
	var ws struct{ DiscountPercent, MarginPercent float64 }
	s.must(s.shop.Get(s.ctx, "/v1/workspace", &ws))
	if ws.DiscountPercent != 10 || ws.MarginPercent != 100 {
		s.Errorf("usual terms: got %+v", ws)
	}
	s.rebuild(map[string]any{"asOf": "1997-09-30", "horizonDays": 39 * 7})
	var card modelCard
	s.must(s.shop.Get(s.ctx, "/v1/scores/model", &card))
	if got := card.estimates(); got != published {
		s.Errorf("got\n%swant\n%s", got, published)
	}
	if card.AsOf != "1997-09-30" || card.Chosen != "bgNbd" || card.Buyers != 2357 || card.RepeatBuyers != 946 || card.NotEnoughData != nil || len(card.Curve) == 0 {
		s.Errorf("got %+v", card)
	}
	s.summaryNamesTheModels()
	s.forecastOf("00004", "0.727 alive, 0.273 low, 1.226 orders in 273 days, 24.65 USD each")
	s.forecastSegments()
	s.neighbourHasNone()
}

// neighbourHasNone is the other workspace, with one buyer: no number, the reason, and nothing of CDNOW's.
func (s *cdnow) neighbourHasNone() {
	var one struct{ ID string }
	s.must(s.other.Post(s.ctx, "/v1/customers", map[string]any{"name": "김하나", "externalId": "00004"}, &one))
	s.must(s.other.Post(s.ctx, "/v1/orders", map[string]any{"externalId": "P00001", "customerExternalId": "00004", "orderedAt": "1997-01-01T00:00:00Z", "total": "5000"}, nil))
	var started struct{ ID string }
	s.must(s.other.Post(s.ctx, "/v1/scores/rebuild", map[string]any{"asOf": "1997-09-30", "model": "paretoNbd"}, &started))
	if job, err := s.other.Finish(s.ctx, started.ID); err != nil || job.Status != "succeeded" {
		s.Fatalf("rebuild: %+v %v", job, err)
	}
	var card modelCard
	s.must(s.other.Get(s.ctx, "/v1/scores/model?asOf=1997-09-30", &card))
	if n := card.NotEnoughData; n == nil || *n != (lack{"tooFewBuyers", 1, 500}) || card.Chosen != "paretoNbd" || card.Buyers != 1 || len(card.Models)+len(card.Curve) > 0 {
		s.Errorf("got %+v, want too few buyers and nothing else", card)
	}
	var score map[string]any
	s.must(s.other.Get(s.ctx, "/v1/customers/"+one.ID+"/scores", &score))
	if score["noForecast"] != "tooFewBuyers" || score["pAlive"] != nil || score["churn"] != nil || score["lifetimeValue"] != nil {
		s.Errorf("got %v, want the reason and no number", score)
	}
}

func (c *modelCard) estimates() (out string) {
	likelihoods := "likelihoods"
	for _, m := range c.Models {
		digits := 3
		if m.Model == "gammaGamma" {
			digits = 2
		}
		out += m.Model
		for _, p := range m.Parameters {
			out += fmt.Sprintf(" %.*f", digits, p.Value)
			if !(p.Low < p.Value && p.Value < p.High) {
				out += " outside of its interval"
			}
		}
		if m.Words.Says == "" || m.Words.Limits == "" || m.Words.Source == "" {
			out += " without words"
		}
		out += "\n"
		if m.Model != "mbgNbd" {
			likelihoods += fmt.Sprintf(" %.1f", m.LogLikelihood)
		}
	}
	return out + likelihoods + "\n"
}

func (s *cdnow) rebuild(body map[string]any) {
	s.Helper()
	job, err := s.shop.Finish(s.ctx, s.post("/v1/scores/rebuild", body))
	s.must(err)
	if job.Status != "succeeded" {
		s.Fatalf("rebuild: %+v", job)
	}
}

// summaryNamesTheModels holds the summary against the card's promise: parameters by their names.
func (s *cdnow) summaryNamesTheModels() {
	var got struct {
		Model    string
		Models   map[string]map[string]float64
		Accuracy struct{ Actual int }
	}
	s.must(s.shop.Get(s.ctx, "/v1/scores/summary", &got))
	bg, pareto, spend := got.Models["bgNbd"], got.Models["paretoNbd"], got.Models["gammaGamma"]
	text := fmt.Sprintf("%s: r %.3f alpha %.3f a %.3f b %.3f, s %.3f beta %.3f LL %.1f, p %.2f q %.2f gamma %.2f", got.Model, bg["r"], bg["alpha"], bg["a"], bg["b"],
		pareto["s"], pareto["beta"], pareto["logLikelihood"], spend["p"], spend["q"], spend["gamma"])
	if want := "bgNbd: r 0.243 alpha 4.414 a 0.793 b 2.426, s 0.606 beta 11.669 LL -9595.0, p 6.25 q 3.74 gamma 15.44"; text != want || got.Accuracy.Actual == 0 {
		s.Errorf("got %s, want %s; accuracy %+v", text, want, got.Accuracy)
	}
}

// forecastOf holds what the API says of a customer against the papers' example.
func (s *cdnow) forecastOf(customer, want string) {
	var found struct{ Data []person }
	s.must(s.shop.Get(s.ctx, "/v1/customers?externalId="+customer, &found))
	var got struct {
		PAlive float64
		Churn  struct {
			Probability float64
			Band        string
		}
		ExpectedOrders struct {
			HorizonDays int
			Value       float64
		}
		ExpectedSpend, LifetimeValue partner.Money
	}
	s.must(s.shop.Get(s.ctx, "/v1/customers/"+found.Data[0].ID+"/scores", &got))
	text := fmt.Sprintf("%.3f alive, %.3f %s, %.3f orders in %d days, %s %s each", got.PAlive, got.Churn.Probability, got.Churn.Band, got.ExpectedOrders.Value,
		got.ExpectedOrders.HorizonDays, got.ExpectedSpend.Amount, got.ExpectedSpend.Currency)
	if text != want || got.LifetimeValue.Currency != "USD" {
		s.Errorf("%s: got %s, want %s; lifetime value %+v", customer, text, want, got.LifetimeValue)
	}
}

// alive is equation 10 of Fader, Hardie and Lee 2005 with the printed parameters, computed by this test alone.
func alive(repeats int, recency, age float64) float64 {
	const r, alpha, a, b = 0.243, 4.414, 0.793, 2.426
	if repeats == 0 {
		return 1
	}
	x := float64(repeats)
	return 1 / (1 + a/(b+x-1)*math.Pow((alpha+age)/(alpha+recency), r+x))
}

// forecastSegments counts who is likely gone, and compares with what this test counts from the file.
func (s *cdnow) forecastSegments() {
	days := map[string][]time.Time{}
	end := time.Date(1997, 9, 30, 0, 0, 0, 0, time.UTC)
	for _, p := range s.all {
		d := days[p.customer]
		if !p.day.After(end) && (len(d) == 0 || d[len(d)-1] != p.day) {
			days[p.customer] = append(d, p.day)
		}
	}
	gone := 0
	for _, d := range days {
		weeks := func(t time.Time) float64 { return t.Sub(d[0]).Hours() / 24 / 7 }
		if 1-alive(len(d)-1, weeks(d[len(d)-1]), weeks(end)) > 0.5 {
			gone++
		}
	}
	for _, c := range []struct {
		field, op string
		value     any
		want      int
	}{
		{"score.churn", "gt", 0.5, gone},
		{"score.pAlive", "gte", 0.5, len(days) - gone},
		{"score.expectedOrders", "gte", 0, len(days)},
		{"score.expectedSpend", "gt", 0, len(days)},
		{"score.expectedSpend", "isEmpty", nil, 0},
		{"score.lifetimeValue", "gte", 0, len(days)}, // cents round to nothing for who is surely gone,
	} {
		rule := map[string]any{"field": c.field, "op": c.op}
		if c.value != nil {
			rule["value"] = c.value
		}
		var preview struct{ Count int }
		s.must(s.shop.Post(s.ctx, "/v1/segments/preview", map[string]any{"rule": rule}, &preview))
		if preview.Count != c.want {
			s.Errorf("%s %s %v: got %d, this test counts %d", c.field, c.op, c.value, preview.Count, c.want)
		}
	}
	if gone == 0 || gone == len(days) {
		s.Errorf("%d of %d are gone: nothing was told apart", gone, len(days))
	}
}
