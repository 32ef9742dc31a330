package customers

import (
	"context"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/lake/scorebook"
	"github.com/dangol/dangol/shared/store"
)

// Scores are a customer's present score, the risk that they left, and the days on which its bands changed.
type Scores struct {
	score.Score
	Churn *score.Churn `json:"churn,omitempty"`
	// Lifecycle are the stage and its reason in the caller's language.
	Lifecycle *Stage             `json:"lifecycle,omitempty"`
	History   []store.ScorePoint `json:"history"`
}

// Stage is a stage of the lifecycle in words.
type Stage struct {
	lifecycle.Words
	Because string `json:"because" doc:"Why the customer is in the stage."`
}

func stage(s *lifecycle.Standing, language string) *Stage {
	if s.LifecycleStage == "" {
		return nil
	}
	return &Stage{lifecycle.Explain(s.LifecycleStage, language), lifecycle.Because(s.LifecycleReason, language)}
}

// historyShown is how many changes of bands are shown.
const historyShown = 100

type scoresInput struct {
	ByID
	AsOf string `query:"asOf" format:"date" doc:"The day whose scores are wanted, of those that are kept: the ends of months, and days that were asked for. Default the present."`
}

func (f *Feature) scores(ctx context.Context, in *scoresInput) (*struct{ Body Scores }, error) {
	t := f.tenant(ctx)
	if _, err := t.Customer(ctx, in.ID); err != nil {
		return nil, err
	}
	s, err := scorebook.Of(ctx, t, f.env.Objects(t.ID), in.ID, in.AsOf)
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
	return &struct{ Body Scores }{Scores{Score: *s, Churn: s.Churn(), Lifecycle: stage(&s.Standing, api.Language(ctx)), History: history}}, err
}
