package customers

import (
	"context"

	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/store"
)

// Scores are a customer's present score, the risk that they left, and the days on which its bands changed.
type Scores struct {
	score.Score
	Churn   *score.Churn       `json:"churn,omitempty"`
	History []store.ScorePoint `json:"history"`
}

// historyShown is how many changes of bands are shown.
const historyShown = 100

func (f *Feature) scores(ctx context.Context, in *ByID) (*struct{ Body Scores }, error) {
	t := f.tenant(ctx)
	if _, err := t.Customer(ctx, in.ID); err != nil {
		return nil, err
	}
	s, err := t.Score(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if s == nil {
		s = &score.Score{NotEnoughData: true}
	}
	history, err := t.ScoreHistory(ctx, in.ID, historyShown)
	if history == nil {
		history = []store.ScorePoint{}
	}
	return &struct{ Body Scores }{Scores{Score: *s, Churn: s.Churn(), History: history}}, err
}
