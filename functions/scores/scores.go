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
}

func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

type rebuildInput struct {
	Body struct {
		AsOf        string `json:"asOf,omitempty" format:"date" doc:"The last day counted, in the workspace's zone; later orders are ignored. Default today."`
		HorizonDays int    `json:"horizonDays,omitempty" minimum:"1" maximum:"3650" doc:"Of the models of expected orders, which come with the lake."`
		Model       string `json:"model,omitempty" enum:"bgNbd,mbgNbd,paretoNbd" doc:"Comes with the lake; naming one is refused until then."`
	}
}

// Accepted is the output of an operation whose work goes on as a job.
type Accepted struct {
	Location string `header:"Location" doc:"The job."`
	Body     *job.Job
}

func (f *Feature) rebuild(ctx context.Context, in *rebuildInput) (*Accepted, error) {
	if in.Body.Model != "" {
		return nil, errs.InvalidField("/model", "score_model_not_yet")
	}
	t := f.tenant(ctx)
	params, err := f.params(ctx, t, in.Body.AsOf)
	if err != nil {
		return nil, err
	}
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
	AsOf string `query:"asOf" format:"date" doc:"The day whose picture is wanted; default the latest."`
}

// Picture is a summary with what its figures mean and of which other days there is one.
type Picture struct {
	store.ScoreSummary
	Definition string         `json:"definition" doc:"How the figures are computed, in the caller's language."`
	Days       []string       `json:"days" doc:"The days of which there is a picture, the latest first."`
	Models     map[string]any `json:"models" doc:"Models that were fitted; empty until they come with the lake."`
}

// daysShown is how many earlier pictures are offered.
const daysShown = 90

func (f *Feature) summary(ctx context.Context, in *summaryInput) (*struct{ Body Picture }, error) {
	t := f.tenant(ctx)
	s, err := t.Summary(ctx, in.AsOf)
	if err != nil {
		return nil, err
	}
	days, err := t.Summaries(ctx, daysShown)
	if err != nil {
		return nil, err
	}
	return &struct{ Body Picture }{Picture{ScoreSummary: *s, Definition: score.Definition(api.Language(ctx)), Days: days, Models: map[string]any{}}}, nil
}
