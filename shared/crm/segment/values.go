package segment

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/score"
)

// text reads a field of one text; "" is missing.
func text(path string) func(*Facts) string {
	if strings.HasPrefix(path, "score.") {
		return scoreText(path)
	}
	return customerText(path)
}

// scoreText reads a word of the score; missing before the first rebuild.
func scoreText(path string) func(*Facts) string {
	get := scoreTexts[path]
	return func(f *Facts) string {
		if f.Score == nil {
			return ""
		}
		return get(f.Score)
	}
}

var scoreTexts = map[string]func(*score.Score) string{
	"score.lifecycleStage":  func(s *score.Score) string { return string(s.LifecycleStage) },
	"score.lifecycleBefore": func(s *score.Score) string { return string(s.LifecycleBefore) },
	"score.lifecycleReason": func(s *score.Score) string { return string(s.LifecycleReason) },
}

// customerText reads a field of one text; "" is missing.
func customerText(path string) func(*Facts) string {
	path = strings.TrimPrefix(path, "customer.")
	if slot, ok := strings.CutPrefix(path, "consents."); ok {
		return func(f *Facts) string { return string(f.Customer.Consents[slot]) }
	}
	if path == "id" {
		return func(f *Facts) string { return f.Customer.ID }
	}
	get := customer.TextAt(path)
	return func(f *Facts) string { return get(&f.Customer.Fields) }
}

// customerMoment reads a moment; the zero time is missing. A date of birth is the first moment of its day in the zone.
func customerMoment(path string, zone *time.Location) func(*Facts) time.Time {
	switch path {
	case "customer.createdAt":
		return func(f *Facts) time.Time { return f.Customer.CreatedAt }
	case "customer.updatedAt":
		return func(f *Facts) time.Time { return f.Customer.UpdatedAt }
	default:
		return func(f *Facts) time.Time { return day(f.Customer.BirthDate, zone) }
	}
}

func day(s string, zone *time.Location) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

func customValue(path string) func(*Facts) any {
	key := strings.TrimPrefix(path, customPrefix)
	return func(f *Facts) any { return f.Customer.Custom[key] }
}

// maybe is a number that may be missing.
type maybe struct {
	value float64
	known bool
}

func known[T int | float64](n T) maybe { return maybe{float64(n), true} }

func notEnoughData(f *Facts) *bool {
	if f.Score == nil {
		return nil
	}
	return &f.Score.NotEnoughData
}

// scoreNumber reads a figure of the score; missing where it was not computed. Quintiles of 0 were not.
func scoreNumber(path string) func(*Facts) maybe {
	get := scoreNumbers[path]
	return func(f *Facts) maybe {
		if f.Score == nil {
			return maybe{}
		}
		return get(f.Score)
	}
}

var scoreNumbers = map[string]func(*score.Score) maybe{
	"score.rfm.r":         func(s *score.Score) maybe { return quintile(s, func(r *score.RFM) int { return r.R }) },
	"score.rfm.f":         func(s *score.Score) maybe { return quintile(s, func(r *score.RFM) int { return r.F }) },
	"score.rfm.m":         func(s *score.Score) maybe { return quintile(s, func(r *score.RFM) int { return r.M }) },
	"score.rfm.beforeR":   func(s *score.Score) maybe { return quintile(s, func(r *score.RFM) int { return r.BeforeR }) },
	"score.rfm.beforeF":   func(s *score.Score) maybe { return quintile(s, func(r *score.RFM) int { return r.BeforeF }) },
	"score.daysSinceLast": func(s *score.Score) maybe { return figure(s, func(r *score.RFM) int { return r.DaysSinceLast }) },
	"score.orders":        func(s *score.Score) maybe { return figure(s, func(r *score.RFM) int { return r.Orders }) },
	"score.revenueContribution.share": func(s *score.Score) maybe {
		return contribution(s, func(c *score.Contribution) float64 { return c.Share })
	},
	"score.revenueContribution.rankShare": func(s *score.Score) maybe {
		return contribution(s, func(c *score.Contribution) float64 { return c.RankShare })
	},
	"score.revenueContribution.decile": func(s *score.Score) maybe {
		return contribution(s, func(c *score.Contribution) float64 { return float64(c.Decile) })
	},
	"score.profitContribution.share": func(s *score.Score) maybe {
		return profit(s, func(p *score.Profit) float64 { return p.Share })
	},
	"score.profitContribution.rankShare": func(s *score.Score) maybe {
		return profit(s, func(p *score.Profit) float64 { return p.RankShare })
	},
	"score.profitContribution.decile": func(s *score.Score) maybe {
		return profit(s, func(p *score.Profit) float64 { return float64(p.Decile) })
	},
	"score.shareOfWallet.share": func(s *score.Score) maybe {
		if s.ShareOfWallet == nil {
			return maybe{}
		}
		return known(s.ShareOfWallet.Share)
	},
	"score.responses.email": func(s *score.Score) maybe { return response(s, consent.Email) },
	"score.pAlive": func(s *score.Score) maybe {
		if s.PAlive == nil {
			return maybe{}
		}
		return known(*s.PAlive)
	},
	"score.churn": func(s *score.Score) maybe {
		if s.PAlive == nil {
			return maybe{}
		}
		return known(1 - *s.PAlive)
	},
	"score.expectedOrders": func(s *score.Score) maybe {
		if s.ExpectedOrders == nil {
			return maybe{}
		}
		return known(s.ExpectedOrders.Value)
	},
}

func quintile(s *score.Score, get func(*score.RFM) int) maybe {
	if s.RFM == nil || get(s.RFM) == 0 {
		return maybe{}
	}
	return known(get(s.RFM))
}

func figure(s *score.Score, get func(*score.RFM) int) maybe {
	if s.RFM == nil {
		return maybe{}
	}
	return known(get(s.RFM))
}

func contribution(s *score.Score, get func(*score.Contribution) float64) maybe {
	if s.RevenueContribution == nil {
		return maybe{}
	}
	return known(get(s.RevenueContribution))
}

func response(s *score.Score, c consent.Channel) maybe {
	for _, r := range s.Responses {
		if r.Channel == c {
			return known(r.Rate)
		}
	}
	return maybe{}
}

func profit(s *score.Score, get func(*score.Profit) float64) maybe {
	if s.ProfitContribution == nil {
		return maybe{}
	}
	return known(get(s.ProfitContribution))
}

// scoreMoney reads an amount of the score; one without a currency is missing.
func scoreMoney(path string) func(*Facts) money.Money {
	return func(f *Facts) money.Money {
		switch {
		case f.Score == nil:
		case path == "score.revenue" && f.Score.RFM != nil:
			return f.Score.RFM.Revenue
		case path == "score.profitContribution.profit" && f.Score.ProfitContribution != nil:
			return f.Score.ProfitContribution.Profit
		case path == "score.expectedSpend" && f.Score.ExpectedSpend != nil:
			return *f.Score.ExpectedSpend
		case path == "score.lifetimeValue" && f.Score.LifetimeValue != nil:
			return *f.Score.LifetimeValue
		}
		return money.Money{}
	}
}

// decimalOf is the number of a value that Parse let through.
func decimalOf(v any) decimal.Decimal {
	d, _ := asDecimal(v)
	return d
}
