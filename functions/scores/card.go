package scores

import (
	"context"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/store"
)

// Card is a model card with its words in the caller's language.
type Card struct {
	store.ScoreCard
	Models     []Fitted `json:"models" nullable:"false" doc:"The models of purchases, then that of spend; none while the data does not suffice."`
	Definition string   `json:"definition" doc:"What is counted and how the figures are formed, a rule a line."`
}

// Fitted is a model with what it says and cannot say.
type Fitted struct {
	score.ModelFit
	Words score.Words `json:"words"`
}

// card reads the model card of a day, or of the latest picture.
func (f *Feature) card(ctx context.Context, in *summaryInput) (*struct{ Body Card }, error) {
	t := f.tenant(ctx)
	s, err := t.Summary(ctx, in.AsOf)
	if err != nil {
		return nil, err
	}
	c, err := t.ScoreCard(ctx, s.AsOf)
	if err != nil {
		return nil, err
	}
	language := api.Language(ctx)
	out := Card{ScoreCard: *c, Models: make([]Fitted, 0, len(c.Models)), Definition: score.ForecastDefinition(language)}
	for _, m := range c.Models {
		out.Models = append(out.Models, Fitted{m, score.Explain(m.Model, language)})
	}
	return &struct{ Body Card }{out}, nil
}
