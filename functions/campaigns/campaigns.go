// Package campaigns is the feature of planned efforts to reach customers: their plans, their launch and control, their messages and their results.
package campaigns

import (
	"context"
	"net/http"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/template"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves /v1/campaigns.
type Feature struct {
	env   *env.Env
	sales *memo[campaign.Sales]
}

// How long figures that cost a scan are kept in an instance.
const (
	salesKept = 2 * time.Second
	scanTime  = 25 * time.Second
)

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature {
	return &Feature{env: e, sales: newMemo[campaign.Sales](e.Clock, salesKept)}
}

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	const tag, path, read, write = "campaigns", "/v1/campaigns", "campaigns:read", "campaigns:write"
	get, post := http.MethodGet, http.MethodPost
	missing := []int{http.StatusNotFound}
	moving := []int{http.StatusNotFound, http.StatusConflict}
	changing := []int{http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed}

	api.Register(a, api.Operation{ID: "createCampaign", Method: post, Path: path, Tag: tag, Scope: write, Status: 201, Summary: "Plan a campaign"}, f.create)
	api.Register(a, api.Operation{ID: "getCampaign", Method: get, Path: path + "/{id}", Tag: tag, Scope: read, Statuses: missing, Summary: "Read a campaign"}, f.read)
	api.Register(a, api.Operation{ID: "changeCampaign", Method: http.MethodPatch, Path: path + "/{id}", Tag: tag, Scope: write, Statuses: changing,
		Summary: "Change a plan by merge patch; what is sent to whom is fixed once the campaign was launched"}, f.change)
	api.Register(a, api.Operation{ID: "deleteCampaign", Method: http.MethodDelete, Path: path + "/{id}", Tag: tag, Scope: write, Statuses: changing,
		Summary: "Remove a draft"}, f.remove)
	api.Register(a, api.Operation{ID: "launchCampaign", Method: post, Path: path + "/{id}/launch", Tag: tag, Scope: write, Status: 202, Statuses: moving,
		Summary:     "Freeze the audience and send",
		Description: "Audience and template are frozen as they are now. " + template.FooterNote}, f.launch)
	api.Register(a, api.Operation{ID: "pauseCampaign", Method: post, Path: path + "/{id}/pause", Tag: tag, Scope: write, Statuses: moving,
		Summary: "Stop taking up messages; those in flight are finished"}, f.pause)
	api.Register(a, api.Operation{ID: "resumeCampaign", Method: post, Path: path + "/{id}/resume", Tag: tag, Scope: write, Statuses: moving,
		Summary: "Send on after a pause or a stop"}, f.resume)
	api.Register(a, api.Operation{ID: "cancelCampaign", Method: post, Path: path + "/{id}/cancel", Tag: tag, Scope: write, Statuses: moving,
		Summary: "End the campaign for good; what is not sent is canceled"}, f.cancel)
	api.Register(a, api.Operation{ID: "retryFailedMessages", Method: post, Path: path + "/{id}/retry-failed", Tag: tag, Scope: write, Status: 202, Statuses: moving,
		Summary: "Send again what failed for a reason that may have gone away"}, f.retryFailed)
	api.Register(a, api.Operation{ID: "getCampaignReport", Method: get, Path: path + "/{id}/report", Tag: tag, Scope: read, Statuses: missing, Timeout: scanTime,
		Summary: "Read the result: counts that balance at every moment, responses, revenue against the hold-out"}, f.report)
	api.Register(a, api.Operation{ID: "listCampaignMessages", Method: get, Path: path + "/{id}/messages", Tag: tag, Scope: read, Statuses: missing,
		Summary: "List the messages, one per receiver, with what became of each"}, f.messages)
}

func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

// ByID names one record in the path.
type ByID struct {
	ID string `path:"id" maxLength:"64" doc:"The campaign's id."`
}
