package workspace

import (
	"context"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/store"
)

type checklistOutput struct{ Body checklist }

type checklist struct {
	Done  bool   `json:"done" doc:"Whether nothing is left to do."`
	Steps []step `json:"steps" nullable:"false"`
}

type step struct {
	Key     string `json:"key" enum:"customers,scores,segment,campaign"`
	Done    bool   `json:"done"`
	Skipped bool   `json:"skipped" doc:"Skip a step with PATCH /v1/workspace {\"onboarding\": {\"<key>\": true}}."`
}

// facts says how each step is seen to be done: from what is stored, by one short read. Nobody has to tick anything.
var facts = map[string]func(context.Context, *store.Tenant) (bool, error){
	workspace.StepCustomers: ownCustomer,
	workspace.StepScores:    func(ctx context.Context, t *store.Tenant) (bool, error) { return t.Scored(ctx) },
	workspace.StepSegment:   ownSegment,
	workspace.StepCampaign:  sentCampaign,
}

func (f *Feature) checklist(ctx context.Context, _ *struct{}) (*checklistOutput, error) {
	t := f.tenant(ctx)
	w, err := t.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	out := &checklistOutput{Body: checklist{Done: true, Steps: []step{}}}
	for _, key := range workspace.Steps() {
		done, err := facts[key](ctx, t)
		if err != nil {
			return nil, err
		}
		s := step{Key: key, Done: done, Skipped: w.Onboarding[key]}
		out.Body.Done = out.Body.Done && (s.Done || s.Skipped)
		out.Body.Steps = append(out.Body.Steps, s)
	}
	return out, nil
}

// Sample records are few, so that a page a little longer than all of them shows one of the owner's if there is any.
const (
	pastSampleCustomers = 100
	pastSampleSegments  = 10
	latestCampaigns     = 20
)

func ownCustomer(ctx context.Context, t *store.Tenant) (bool, error) {
	list, _, err := t.Customers(ctx, store.Page{Limit: pastSampleCustomers})
	for _, c := range list {
		if !c.Sample {
			return true, nil
		}
	}
	return false, err
}

func ownSegment(ctx context.Context, t *store.Tenant) (bool, error) {
	list, _, err := t.Segments(ctx, store.Page{Limit: pastSampleSegments})
	for _, s := range list {
		if !s.Sample {
			return true, nil
		}
	}
	return false, err
}

func sentCampaign(ctx context.Context, t *store.Tenant) (bool, error) {
	list, _, err := t.Campaigns(ctx, store.Page{Limit: latestCampaigns})
	for _, c := range list {
		if c.Status != campaign.Draft {
			return true, nil
		}
	}
	return false, err
}
