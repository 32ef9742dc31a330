package score

// Band is how likely a customer is to have left for good, in words.
type Band string

// The bands: below a third, up to two thirds, above.
const (
	LowRisk    Band = "low"
	MediumRisk Band = "medium"
	HighRisk   Band = "high"
)

// Churn is the probability that a customer has left.
type Churn struct {
	Probability float64 `json:"probability" doc:"1 - pAlive."`
	Band        Band    `json:"band" enum:"low,medium,high" doc:"low below 1/3, high above 2/3."`
}

// Churn is 1 - P(alive) with its band; nil without a forecast.
func (s *Score) Churn() *Churn {
	if s.PAlive == nil {
		return nil
	}
	gone := rounded(1-*s.PAlive, 6)
	switch {
	case gone < 1.0/3:
		return &Churn{gone, LowRisk}
	case gone <= 2.0/3:
		return &Churn{gone, MediumRisk}
	default:
		return &Churn{gone, HighRisk}
	}
}
