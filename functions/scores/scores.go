// Package scores is the feature of customer value: rebuild on demand, and the picture of all customers with its definition.
package scores

import (
	"context"
	"net/http"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves /v1/scores.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	api.Register(a, api.Operation{ID: "rebuildScores", Method: http.MethodPost, Path: "/v1/scores/rebuild", Tag: "scores", Scope: "scores:write",
		Status: http.StatusAccepted, Summary: "Compute the scores of all customers anew"}, f.rebuild)
	api.Register(a, api.Operation{ID: "summariseScores", Method: http.MethodGet, Path: "/v1/scores/summary", Tag: "scores", Scope: "scores:read",
		Statuses: []int{http.StatusNotFound}, Summary: "Read the picture of all customers: RFM grid and value pyramid"}, f.summary)
	api.Register(a, api.Operation{ID: "readModelCard", Method: http.MethodGet, Path: "/v1/scores/model", Tag: "scores", Scope: "scores:read",
		Statuses: []int{http.StatusNotFound}, Summary: "Read the model card: the models behind the forecasts, their parameters and accuracy"}, f.card)
	api.Register(a, api.Operation{ID: "readLifecycle", Method: http.MethodGet, Path: "/v1/scores/lifecycle", Tag: "scores", Scope: "scores:read",
		Statuses: []int{http.StatusNotFound}, Summary: "Read where the customers stand in the lifecycle, and who moved from month to month"}, f.lifecycle)
}

func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

type rebuildInput struct {
	Body struct {
		AsOf        string `json:"asOf,omitempty" format:"date" doc:"The last day counted, in the workspace's zone; later orders are ignored. Default today."`
		HorizonDays int    `json:"horizonDays,omitempty" minimum:"1" maximum:"3650" doc:"How far expected orders look; default 365."`
		Replace     bool   `json:"replace,omitempty" doc:"Show a day before that of the present scores as the present all the same. Without it such a rebuild is kept as that day's alone."`
		Model       string `json:"model,omitempty" enum:"bgNbd,mbgNbd,paretoNbd" doc:"The model of the forecasts; default that of the workspace's settings."`
	}
}

// Accepted is the output of an operation whose work goes on as a job.
type Accepted struct {
	Location string `header:"Location" doc:"The job."`
	Body     *job.Job
}

func (f *Feature) rebuild(ctx context.Context, in *rebuildInput) (*Accepted, error) {
	t := f.tenant(ctx)
	params, err := f.params(ctx, t, in.Body.AsOf)
	if err != nil {
		return nil, err
	}
	params.HorizonDays, params.Model, params.Replace = in.Body.HorizonDays, score.Model(in.Body.Model), in.Body.Replace
	tx := t.Begin()
	j := tx.StartJob(job.ScoreRebuild, "", 0, params)
	out := &Accepted{Location: "/v1/jobs/" + j.ID, Body: j}
	return out, api.Commit(ctx, tx, http.StatusAccepted, out)
}

func (f *Feature) params(ctx context.Context, t *store.Tenant, asOf string) (score.RebuildParams, error) {
	if asOf == "" {
		return score.RebuildParams{}, nil
	}
	ws, err := t.Workspace(ctx)
	if err != nil {
		return score.RebuildParams{}, err
	}
	day, err := time.ParseInLocation(time.DateOnly, asOf, ws.Zone())
	if err != nil {
		return score.RebuildParams{}, errs.InvalidField("/asOf", "date_invalid")
	}
	return score.RebuildParams{AsOf: &day}, nil
}

type summaryInput struct {
	AsOf  string `query:"asOf" format:"date" doc:"The day whose picture is wanted; default the latest."`
	Table string `query:"table" enum:"rfmGrid,deciles,tiers" default:"rfmGrid" doc:"Which table a caller who accepts CSV gets: the grid, or the tenths or the tiers of the pyramid. JSON has all of them."`
}

// Picture is a summary with what its figures mean and of which other days there is one.
type Picture struct {
	store.ScoreSummary
	Definition string                             `json:"definition" doc:"How the figures are computed, in the caller's language."`
	Days       []string                           `json:"days" doc:"The days of which there is a picture, the latest first."`
	PresentDay string                             `json:"presentDay" format:"date" doc:"The day whose scores lists, segments and the customers' pages show: the latest, but for a rebuild as of an earlier day that replaced it."`
	Model      score.Model                        `json:"model,omitempty" doc:"The model that the customers' forecasts are of; absent without forecasts."`
	Models     map[score.Model]map[string]float64 `json:"models" doc:"Parameters (times in weeks) and logLikelihood of the models that were fitted; see the model card."`
	Accuracy   *score.Accuracy                    `json:"accuracy,omitempty" doc:"Of that model, on the last third of the days."`

	table string // which one Table returns
}

// daysShown is how many earlier pictures are offered.
const daysShown = 90

func (f *Feature) summary(ctx context.Context, in *summaryInput) (*struct{ Body Picture }, error) {
	t := f.tenant(ctx)
	s, err := t.Summary(ctx, in.AsOf)
	if err != nil {
		return nil, err
	}
	present, err := t.Summary(ctx, "")
	if err != nil {
		return nil, err
	}
	days, err := t.Summaries(ctx, daysShown)
	if err != nil {
		return nil, err
	}
	out := Picture{ScoreSummary: *s, Definition: score.Definition(s.Coding, api.Language(ctx)), Days: days, PresentDay: present.AsOf, Models: map[score.Model]map[string]float64{}, table: in.Table}
	card, err := t.ScoreCard(ctx, s.AsOf)
	switch {
	case errs.Code(err) == "score_card_not_found":
	case err != nil:
		return nil, err
	default:
		out.Models, out.Accuracy = card.Estimates(), card.Proof()
		if card.NotEnoughData == nil {
			out.Model = card.Chosen
		}
	}
	return &struct{ Body Picture }{out}, nil
}
